// Comunica over a SPARQL endpoint: rows, a yes or no, and triples.
import { QueryEngine } from "@comunica/query-sparql";

const [url] = process.argv.slice(2);
const engine = new QueryEngine();
const sources = [{ type: "sparql", value: url }];
const PREFIX = "PREFIX cancu: <https://w3id.org/cancu/ns#>";

const counted = await engine.queryBindings(
  `${PREFIX} SELECT ?type (COUNT(?task) AS ?tasks)
   WHERE { ?task a cancu:Task ; cancu:taskKind ?type } GROUP BY ?type ORDER BY ?type`,
  { sources },
);
const rows = (await counted.toArray()).map((row) => [row.get("type").value, row.get("tasks").value]);
const known = await engine.queryBoolean(`${PREFIX} ASK { ?task a cancu:Task }`, { sources });
const triples = await engine.queryQuads(
  `${PREFIX} CONSTRUCT { ?task a cancu:Task } WHERE { ?task a cancu:Task }`, { sources },
);
console.log(JSON.stringify({ rows, known, triples: (await triples.toArray()).length }));
