// A table of results: long ones are drawn piece by piece, so that the page stays quick.
import { type Cell, type Table } from "./asking";
import { make, say, written } from "./page";

const PIECE = 500;
const OURS = "https://w3id.org/cancu/";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));

/** Draw the rows of a table into a place. */
export function drawTable(
  place: HTMLElement,
  table: Table,
  prefixes: Record<string, string>,
  root: string,
): void {
  const columns = table.head.vars ?? [];
  const rows = table.results?.bindings ?? [];
  const body = make("tbody");
  const head = make("tr", {}, ...columns.map((name) => heading(name, rows)));
  const drawn = make("table", { class: "rows" }, make("thead", {}, head), body);
  const more = make("button", { type: "button", class: "quiet" });
  let shown = 0;
  const drawMore = (): void => {
    body.append(...rows.slice(shown, shown + PIECE).map((row) => line(columns, row, prefixes, root)));
    shown = Math.min(shown + PIECE, rows.length);
    more.hidden = shown === rows.length;
    more.textContent = say("more", { shown: written(shown), count: written(rows.length) });
  };
  more.addEventListener("click", drawMore);
  drawMore();
  const frame = make("div", { class: "rows-frame", tabindex: "0", role: "region" }, drawn);
  frame.setAttribute("aria-label", say("answer"));
  place.replaceChildren(frame, more);
}

/** Head a column; one of numbers stands at the right, as its numbers do. */
function heading(name: string, rows: Record<string, Cell>[]): HTMLElement {
  const cells = rows.flatMap((row) => row[name] ?? []);
  const numeric = cells.length > 0 && cells.every((found) => NUMBERS.has(found.datatype ?? ""));
  return make("th", { scope: "col", ...(numeric ? { class: "number" } : {}) }, name);
}

function line(
  columns: string[],
  row: Record<string, Cell>,
  prefixes: Record<string, string>,
  root: string,
): HTMLElement {
  return make("tr", {}, ...columns.map((name) => cell(row[name], prefixes, root)));
}

function cell(
  value: Cell | undefined,
  prefixes: Record<string, string>,
  root: string,
): HTMLElement {
  if (!value) return make("td");
  if (value.type === "uri") {
    const words = shortened(value.value, prefixes);
    return make("td", {}, make("a", { href: pageOf(value.value, root), title: value.value }, words));
  }
  if (value.type === "bnode") return make("td", {}, `_:${value.value}`);
  if (value.type === "triple") return make("td", {}, make("code", {}, JSON.stringify(value.value)));
  const datatype = value.datatype ?? "";
  const attributes: Record<string, string> = NUMBERS.has(datatype) ? { class: "number" } : {};
  if (value["xml:lang"]) attributes["lang"] = value["xml:lang"];
  if (datatype) attributes["title"] = shortened(datatype, { xsd: XSD, ...prefixes });
  return make("td", attributes, value.value);
}

/** Return where this server describes an IRI: the rules are those of api/pages/paths.py. */
function pageOf(iri: string, root: string): string {
  if (!iri.startsWith(OURS)) return `${root}/resource?iri=${encodeURIComponent(iri)}`;
  const [path = "", fragment] = iri.slice(OURS.length).split("#", 2);
  const stretch = /^(?:char|selector)=(\d+),(\d+)$/.exec(fragment ?? "");
  const query = stretch ? `?char=${stretch[1]},${stretch[2]}` : "";
  return `${root}/${encodeURI(path)}${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

function shortened(iri: string, prefixes: Record<string, string>): string {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && /^[\w.-]*$/.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return iri.startsWith(OURS) ? iri.slice(OURS.length) : iri;
}
