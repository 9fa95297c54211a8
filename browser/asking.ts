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
  kind: string;
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
/** More rows are for a file: a page of them only slows the browser. */
const MOST_ROWS = "10000";

/** What is asked: the query and the seconds it may take. */
export interface Question {
  query: string;
  seconds: string;
}

/** Ask for an answer to show; a table comes as JSON, a graph as Turtle. */
export async function ask(address: string, question: Question, signal: AbortSignal): Promise<Outcome> {
  const started = performance.now();
  const body = new URLSearchParams({
    query: question.query,
    timeout: question.seconds,
    maxrows: MOST_ROWS,
  });
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: ACCEPT },
      body,
      signal,
    });
    if (!response.ok) return { kind: "problem", problem: await problemOf(response) };
    const text = await response.text(); // throws if the connection breaks off
    return {
      kind: "answer",
      answer: {
        text,
        mediaType: (response.headers.get("Content-Type") ?? "").split(";")[0] ?? "",
        release: response.headers.get("Cancu-Release") ?? "",
        capped: response.headers.get("Cancu-Capped") !== null,
        seconds: (performance.now() - started) / 1000,
      },
    };
  } catch (error) {
    return broken(error);
  }
}

/** Ask for the whole answer in a format, to be kept as a file. */
export async function fetchFile(
  address: string,
  question: Question,
  format: string,
): Promise<Blob | Exclude<Outcome, { kind: "answer" }>> {
  const body = new URLSearchParams({ query: question.query, timeout: question.seconds, format });
  try {
    const response = await fetch(address, { method: "POST", body });
    if (!response.ok) return { kind: "problem", problem: await problemOf(response) };
    return await response.blob();
  } catch (error) {
    return broken(error);
  }
}

/** Return the table that an answer holds, or null for a graph. */
export function tableOf(answer: Answer): Table | null {
  return answer.mediaType === TABLE ? (JSON.parse(answer.text) as Table) : null;
}

function broken(error: unknown): { kind: "broken"; reason: string } {
  return { kind: "broken", reason: error instanceof Error ? error.message : String(error) };
}

/** Read a problem; its `type` ends in its kind, whatever language its title is in. */
async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => ({}));
  const found = (typeof said === "object" && said !== null ? said : {}) as Record<string, unknown>;
  const text = (name: string): string => (typeof found[name] === "string" ? found[name] : "");
  return {
    kind: text("type").split("#")[1] ?? "",
    title: text("title") || `${response.status} ${response.statusText}`,
    detail: text("detail"),
    ...(typeof found["line"] === "number" ? { line: found["line"] } : {}),
    ...(typeof found["column"] === "number" ? { column: found["column"] } : {}),
  };
}
