// The editor page. Without this script the form asks the endpoint for a page by itself.
import type { EditorView } from "@codemirror/view";
import { type Answer, ask, fetchFile, type Problem, type Question, tableOf } from "./asking";
import { clearErrors, makeField, markError } from "./field";
import { canSay, copy, element, make, say, written } from "./page";
import { drawTable } from "./table";
import type { Vocabulary } from "./vocabulary";

const KEPT = "cancu.query"; // where a query waits for the reader to come back
// The files that an answer can be kept as: the format, the name shown and the ending.
const TABLE_FILES = ["csv", "json", "tsv", "xml"];
const GRAPH_FILES = ["ttl", "nt", "jsonld", "rdf"];

const form = element("ask", HTMLFormElement);
const area = element("query", HTMLTextAreaElement);
const seconds = element("seconds", HTMLSelectElement);
const stopButton = element("stop", HTMLButtonElement);
const status = element("status", HTMLElement);
const place = element("answer", HTMLElement);
const tools = element("tools", HTMLElement);
const saves = element("saves", HTMLElement);
const rawButton = element("raw", HTMLButtonElement);
const root = form.dataset["root"] ?? "";

const vocabulary: Promise<Vocabulary> = fetch(`${root}/editor/terms.json`).then(
  (response) => (response.ok ? response.json() : { prefixes: {}, terms: [] }),
  () => ({ prefixes: {}, terms: [] }),
);
let asking: AbortController | null = null;
let asked: Question = { query: "", seconds: "" };
let drawPretty: () => void = () => undefined;
let drawRaw: () => void = () => undefined;

const frame = make("div", { class: "field", "data-nonce": area.dataset["nonce"] ?? "" });
area.hidden = true;
area.before(frame);
const view: EditorView = makeField(frame, opening(), vocabulary, { run, change: keep });
area.value = view.state.doc.toString();
document
  .querySelector<HTMLLabelElement>("label[for=query]")
  ?.addEventListener("click", () => view.focus());
for (const hidden of document.querySelectorAll<HTMLElement>("[data-scripted]")) hidden.hidden = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
stopButton.addEventListener("click", () => asking?.abort());
element("share", HTMLButtonElement).addEventListener("click", () => void share());
rawButton.addEventListener("click", () => {
  const raw = rawButton.getAttribute("aria-pressed") !== "true";
  rawButton.setAttribute("aria-pressed", String(raw));
  (raw ? drawRaw : drawPretty)();
});
for (const example of document.querySelectorAll<HTMLAnchorElement>("a[data-example]")) {
  example.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab is wanted
    event.preventDefault();
    void openExample(example);
  });
}
addEventListener("hashchange", () => {
  const shared = fragment();
  if (shared !== null) write(shared);
});

/** Return the query to begin with: the link's, the address's, the one left here, or the example. */
function opening(): string {
  const named = area.dataset["given"] !== undefined || new URLSearchParams(location.search).has("name");
  return fragment() ?? (named ? null : stored()) ?? area.value;
}

function fragment(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage is switched off
  }
}

function keep(text: string): void {
  area.value = text;
  try {
    localStorage.setItem(KEPT, text);
  } catch {
    // Storage is full or switched off: the query lives as long as the page.
  }
}

function write(text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

async function openExample(link: HTMLAnchorElement): Promise<void> {
  const response = await fetch(link.dataset["example"] ?? "");
  if (!response.ok) return location.assign(link.href);
  write(await response.text());
  view.focus();
  void run();
}

async function run(): Promise<void> {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  asked = { query: view.state.doc.toString(), seconds: seconds.value };
  clearErrors(view);
  begin();
  const outcome = await ask(form.action, asked, mine.signal);
  if (asking !== mine) return; // another question was asked meanwhile
  asking = null;
  end();
  if (outcome.kind === "answer") return void showAnswer(outcome.answer);
  if (outcome.kind === "problem") return showProblem(outcome.problem);
  tell(say(mine.signal.aborted ? "stopped" : "broken"), "problem");
}

function begin(): void {
  stopButton.hidden = false;
  tools.hidden = true;
  place.replaceChildren();
  place.setAttribute("aria-busy", "true");
  tell(say("running"), "note");
}

function end(): void {
  stopButton.hidden = true;
  place.removeAttribute("aria-busy");
}

/** Say how it went; screen readers hear it. */
function tell(words: string, kind: "note" | "problem" | "warning", ...more: (Node | string)[]): void {
  status.className = kind;
  status.replaceChildren(words, ...more);
}

async function showAnswer(answer: Answer): Promise<void> {
  const table = tableOf(answer);
  const rows = table?.results?.bindings.length ?? 0;
  const kind = answer.capped ? "capped" : kindOf(table?.boolean, table !== null, rows);
  const figures = { count: written(rows), seconds: written(Number(answer.seconds.toFixed(2))) };
  const release = answer.release ? ` ${say("release", { release: answer.release })}` : "";
  const paging = make("a", { href: `${root}/help/paging` }, say("paging"));
  tell(say(kind, figures) + release, answer.capped ? "warning" : "note", ...(answer.capped ? [" ", paging] : []));
  const { prefixes } = await vocabulary;
  drawRaw = () => place.replaceChildren(make("pre", { tabindex: "0" }, answer.text));
  drawPretty = () => {
    if (!table) drawRaw();
    else if (rows > 0) drawTable(place, table, prefixes, root);
    else place.replaceChildren();
  };
  rawButton.setAttribute("aria-pressed", "false");
  rawButton.hidden = table === null;
  drawPretty();
  offerFiles(table ? TABLE_FILES : GRAPH_FILES);
}

function kindOf(truth: boolean | undefined, isTable: boolean, rows: number): string {
  if (truth !== undefined) return truth ? "yes" : "no";
  if (!isTable) return "graph";
  return rows === 0 ? "none" : rows === 1 ? "one" : "rows";
}

function showProblem(problem: Problem): void {
  const { line, column = 1 } = problem;
  const key = `problem-${problem.kind}`;
  const title = canSay(key) ? say(key) : problem.title;
  const detail = make("pre", { lang: "en" }, problem.detail || problem.title);
  if (line === undefined) return tell(title, "problem", detail);
  markError(view, line, column, problem.detail);
  const jump = make("button", { type: "button", class: "link" }, say("at", { line, column }));
  jump.addEventListener("click", () => {
    markError(view, line, column, problem.detail);
    view.focus();
  });
  tell(`${title}: `, "problem", jump, detail);
}

async function share(): Promise<void> {
  const query = view.state.doc.toString();
  history.replaceState(null, "", `${location.pathname}#${new URLSearchParams({ query })}`);
  const field = make("input", { readonly: "", class: "shared", "aria-label": say("link") });
  field.value = location.href;
  tell(`${say((await copy(location.href)) ? "linked" : "link")} `, "note", field);
  field.select();
}

function offerFiles(formats: string[]): void {
  const buttons = formats.map((format) => {
    const button = make("button", { type: "button", class: "quiet" }, format.toUpperCase());
    button.addEventListener("click", () => void save(button, format));
    return button;
  });
  saves.replaceChildren(...buttons);
  tools.hidden = false;
}

/** Ask once more, for the whole: what the page shows may be capped. */
async function save(button: HTMLButtonElement, format: string): Promise<void> {
  button.disabled = true;
  const found = await fetchFile(form.action, asked, format);
  button.disabled = false;
  if (!(found instanceof Blob)) {
    return found.kind === "problem" ? showProblem(found.problem) : tell(say("broken"), "problem");
  }
  const url = URL.createObjectURL(found);
  make("a", { href: url, download: `cancu.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
