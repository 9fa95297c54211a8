// Asks the endpoint, and tells apart an answer, a problem and a server that cannot be reached.

/** One cell of a table, as SPARQL 1.1 Query Results JSON has it. */
export interface Cell {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

export interface Table {
  head: { vars?: string[]; link?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Cell>[] };
}

/** What the server says of an error (RFC 9457), with the place in the query where it knows it. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
  line?: number;
  column?: number;
}

/** A whole answer: its bytes, and what its headers say of it. */
export interface Answer {
  text: string;
  mediaType: string;
  release: string;
  capped: boolean;
  seconds: number;
}

export type Outcome =
  | { kind: "answer"; answer: Answer }
  | { kind: "problem"; problem: Problem }
  | { kind: "broken"; reason: string };

const TABLE = "application/sparql-results+json";
const ACCEPT = `${TABLE}, text/turtle;q=0.9`;

/** Ask a query; a table comes as JSON, a graph as Turtle. */
export async function ask(
  query: string,
  seconds: string,
  signal: AbortSignal,
  accept = ACCEPT,
): Promise<Outcome> {
  const started = performance.now();
  const body = new URLSearchParams({ query });
  if (seconds) body.set("timeout", seconds);
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: accept },
      body,
      signal,
    });
    if (!response.ok) return { kind: "problem", problem: await problemOf(response) };
    const text = await response.text(); // a connection that breaks off throws here
    return {
      kind: "answer",
      answer: {
        text,
        mediaType: (response.headers.get("Content-Type") ?? "").split(";")[0] ?? "",
        release: response.headers.get("X-Cancu-Release") ?? "",
        capped: response.headers.get("X-Cancu-Capped") === "true",
        seconds: (performance.now() - started) / 1000,
      },
    };
  } catch (error) {
    return { kind: "broken", reason: error instanceof Error ? error.name : String(error) };
  }
}

/** Return the table that an answer holds, or null for a graph. */
export function tableOf(answer: Answer): Table | null {
  return answer.mediaType === TABLE ? (JSON.parse(answer.text) as Table) : null;
}

async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => ({}));
  const found = (typeof said === "object" && said !== null ? said : {}) as Record<string, unknown>;
  return {
    status: response.status,
    title: typeof found["title"] === "string" ? found["title"] : response.statusText,
    detail: typeof found["detail"] === "string" ? found["detail"] : "",
    ...(typeof found["line"] === "number" ? { line: found["line"] } : {}),
    ...(typeof found["column"] === "number" ? { column: found["column"] } : {}),
  };
}
