// The editor page. Without this script the form asks the endpoint for a page by itself.
import type { EditorView } from "@codemirror/view";
import { type Answer, ask, type Problem, tableOf } from "./asking";
import { clearErrors, makeField, markError } from "./field";
import { copy, element, make, say, written } from "./page";
import { drawTable } from "./table";
import type { Vocabulary } from "./vocabulary";

const KEPT = "cancu.query"; // where a query waits for the reader to come back

const form = element("ask", HTMLFormElement);
const area = element("query", HTMLTextAreaElement);
const seconds = element("seconds", HTMLSelectElement);
const runButton = element("run", HTMLButtonElement);
const stopButton = element("stop", HTMLButtonElement);
const status = element("status", HTMLElement);
const place = element("answer", HTMLElement);
const tools = element("tools", HTMLElement);

const vocabulary: Promise<Vocabulary> = fetch("/editor/terms.json").then(
  (response) => (response.ok ? response.json() : { prefixes: {}, terms: [] }),
  () => ({ prefixes: {}, terms: [] }),
);
let asking: AbortController | null = null;
let asked = "";

const frame = make("div", { class: "field", "data-nonce": area.dataset["nonce"] ?? "" });
area.hidden = true;
area.before(frame);
const view: EditorView = makeField(frame, opening(), vocabulary, { run, change: keep });
document.querySelector<HTMLLabelElement>("label[for=query]")?.addEventListener("click", () => view.focus());
for (const hidden of document.querySelectorAll<HTMLElement>("[data-scripted]")) hidden.hidden = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
stopButton.addEventListener("click", () => asking?.abort());
element("share", HTMLButtonElement).addEventListener("click", () => void share());
for (const button of tools.querySelectorAll<HTMLButtonElement>("button[data-type]")) {
  button.addEventListener("click", () => void download(button));
}
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

/** Return the query to begin with: the link's, the page's own, the one left here, or the first example. */
function opening(): string {
  const kept = area.dataset["given"] === undefined ? stored() : null;
  return fragment() ?? kept ?? area.value;
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
  clearErrorsSoon();
  try {
    localStorage.setItem(KEPT, text);
  } catch {
    // Storage is full or switched off: the query lives as long as the page.
  }
}

/** A mark stands for the text that was asked, not for what is typed since. */
function clearErrorsSoon(): void {
  queueMicrotask(() => clearErrors(view));
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
  asked = view.state.doc.toString();
  clearErrors(view);
  begin();
  const outcome = await ask(asked, seconds.value, mine.signal);
  if (asking !== mine) return; // another question was asked meanwhile
  asking = null;
  end();
  if (outcome.kind === "answer") return void showAnswer(outcome.answer);
  if (outcome.kind === "problem") return showProblem(outcome.problem);
  tell(say(mine.signal.aborted ? "stopped" : "broken"), "problem");
}

function begin(): void {
  runButton.disabled = true;
  stopButton.hidden = false;
  tools.hidden = true;
  place.replaceChildren();
  place.setAttribute("aria-busy", "true");
  tell(say("running"), "note");
}

function end(): void {
  runButton.disabled = false;
  stopButton.hidden = true;
  place.removeAttribute("aria-busy");
}

/** Say how it went; screen readers hear it. */
function tell(words: string, kind: "note" | "problem" | "warning", ...more: Node[]): void {
  status.className = kind;
  status.replaceChildren(words, ...more);
}

async function showAnswer(answer: Answer): Promise<void> {
  const table = tableOf(answer);
  const rows = table?.results?.bindings.length ?? 0;
  const figures = { count: written(rows), seconds: written(Number(answer.seconds.toFixed(2))) };
  const release = answer.release ? ` ${say("release", { release: answer.release })}` : "";
  tools.hidden = false;
  if (table?.boolean !== undefined) {
    tell(say(table.boolean ? "yes" : "no", figures) + release, "note");
  } else if (table && rows === 0) {
    tell(say("none", figures) + release, "note");
  } else if (answer.capped) {
    const paging = make("a", { href: "/queries#limits" }, say("paging"));
    tell(`${say("capped", figures)}${release} `, "warning", paging);
  } else {
    tell(say(table ? "rows" : "graph", figures) + release, "note");
  }
  if (table?.results && rows > 0) {
    const { prefixes } = await vocabulary;
    drawTable(place, table, prefixes);
  } else if (!table) {
    place.replaceChildren(make("pre", { tabindex: "0" }, answer.text));
  }
}

function showProblem(problem: Problem): void {
  const { line, column = 1 } = problem;
  const known = ["400", "408", "413", "429", "500", "503", "504"].includes(String(problem.status));
  const title = known ? say(`status${problem.status}`) : problem.title;
  const detail = make("pre", {}, problem.detail || problem.title);
  if (line === undefined) return tell(title, "problem", detail);
  markError(view, line, column, problem.detail);
  const jump = make("button", { type: "button", class: "link" }, say("at", { line, column }));
  jump.addEventListener("click", () => view.focus());
  tell(`${title} `, "problem", jump, detail);
}

async function share(): Promise<void> {
  const query = view.state.doc.toString();
  history.replaceState(null, "", `/editor#${new URLSearchParams({ query })}`);
  const field = make("input", { readonly: "", class: "shared", "aria-label": say("link") });
  field.value = location.href;
  tell(`${say((await copy(location.href)) ? "linked" : "link")} `, "note", field);
  field.select();
}

/** Ask once more, for a file: the table on the page may be all that the browser holds. */
async function download(button: HTMLButtonElement): Promise<void> {
  const { type = "", ending = "" } = button.dataset;
  button.disabled = true;
  const outcome = await ask(asked, seconds.value, new AbortController().signal, type);
  button.disabled = false;
  if (outcome.kind === "problem") return showProblem(outcome.problem);
  if (outcome.kind === "broken") return tell(say("broken"), "problem");
  const url = URL.createObjectURL(new Blob([outcome.answer.text], { type }));
  make("a", { href: url, download: `cancu-${outcome.answer.release || "answer"}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
