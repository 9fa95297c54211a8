// Completion from the vocabulary: our terms, those of others that the graph uses, variables.
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { make } from "./page";

export interface Term {
  iri: string;
  name: string;
  kind: "class" | "property" | "function";
  vi: string;
  en: string;
  about: Names;
}

interface Names {
  vi: string;
  en: string;
}

export interface Vocabulary {
  prefixes: Record<string, string>;
  terms: Term[];
}

const KEYWORDS = (
  "SELECT CONSTRUCT ASK DESCRIBE WHERE DISTINCT REDUCED FROM NAMED PREFIX BASE OPTIONAL UNION MINUS " +
  "GRAPH FILTER BIND VALUES EXISTS SERVICE AS ORDER GROUP BY HAVING LIMIT OFFSET ASC DESC UNDEF IN NOT " +
  "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE RAND ABS " +
  "CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE " +
  "STRAFTER SUBSTR REPLACE REGEX YEAR MONTH DAY HOURS MINUTES SECONDS NOW UUID STRUUID SHA256 COALESCE " +
  "IF STRLANG STRDT SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC"
).split(" ");
const FUNCTIONS_FROM = KEYWORDS.indexOf("COUNT");
const MOST_OFFERED = 60;
const WORD = /[\p{L}\p{N}_.-]*:?[\p{L}\p{N}_.-]*$/u;
// A class follows "a" or rdf:type, everything else that has a prefix is most often a property.
const WANTS_CLASS = /(?:\ba|rdf:type)\s+(?:[^\s;.{}]+\s*,\s*)*$/;

/** Return the source of completions for a vocabulary that may still be on its way. */
export function completions(vocabulary: Promise<Vocabulary>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    if (inertAt(context.state, context.pos)) return null;
    const variable = context.matchBefore(/[?$]\w*$/);
    if (variable) return { from: variable.from, options: variables(context), validFor: /^[?$]\w*$/ };
    const word = context.matchBefore(WORD);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const { prefixes, terms } = await vocabulary;
    const before = context.state.sliceDoc(Math.max(0, word.from - 200), word.from);
    const options = [
      ...ranked(terms, word.text, WANTS_CLASS.test(before)).map((term) => offer(term, prefixes)),
      ...keywords(word.text),
    ];
    // Our order counts, and a match may lie in the Vietnamese name: the list is made anew each time.
    return options.length ? { from: word.from, options, filter: false } : null;
  };
}

/** Return a text in lower case and without diacritics: "Nhiệm vụ" gives "nhiem vu". */
function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
}

/** Tell whether a place is inside a comment, a string or an IRI, where nothing is completed. */
function inertAt(state: EditorState, position: number): boolean {
  return /Comment|String|IriRef/i.test(syntaxTree(state).resolveInner(position, -1).name);
}

function variables(context: CompletionContext): Completion[] {
  const text = context.state.doc.toString();
  const here = context.matchBefore(/[?$]\w*$/)?.from;
  const names = [...text.matchAll(/[?$](\w+)/g)].filter((match) => match.index !== here);
  return [...new Set(names.map((match) => match[0]))].map((label) => ({ label, type: "variable" }));
}

function keywords(word: string): Completion[] {
  if (!/^[A-Za-z_]+$/.test(word)) return [];
  return KEYWORDS.map((label, index) => ({
    label,
    type: index < FUNCTIONS_FROM ? "keyword" : "function",
  })).filter(({ label }) => label.startsWith(word.toUpperCase()) && label !== word);
}

function ranked(terms: Term[], word: string, classes: boolean): Term[] {
  const wanted = fold(word);
  return terms
    .map((term) => ({ term, rank: rank(term, wanted, classes) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.term.name.localeCompare(b.term.name))
    .slice(0, MOST_OFFERED)
    .map(({ term }) => term);
}

function rank(term: Term, wanted: string, classes: boolean): number {
  const name = fold(term.name);
  const local = name.slice(name.indexOf(":") + 1);
  const rightKind = (term.kind === "class") === classes ? 0 : 10;
  if (local.startsWith(wanted)) return rightKind;
  if (name.startsWith(wanted)) return rightKind + 1;
  if (wanted.includes(":")) {
    const [prefix = "", rest = ""] = wanted.split(":", 2);
    const inside = name.startsWith(`${prefix}:`) && (local.includes(rest) || labelled(term, rest));
    return inside ? rightKind + 2 : Infinity;
  }
  if (local.includes(wanted)) return rightKind + 3;
  if (wanted.length > 1 && labelled(term, wanted, "startsWith")) return rightKind + 4;
  return wanted.length > 1 && labelled(term, wanted) ? rightKind + 5 : Infinity;
}

/** Tell whether a Vietnamese or English name has a word, which is typed without spaces: "nhiemvu". */
function labelled(term: Term, wanted: string, how: "includes" | "startsWith" = "includes"): boolean {
  return [term.vi, term.en].some((label) => fold(label).replace(/ /g, "")[how](wanted));
}

function offer(term: Term, prefixes: Record<string, string>): Completion {
  return {
    label: term.name,
    detail: inPageLanguage(term),
    type: term.kind,
    info: () => describe(term),
    apply: (view, completion, from, to) => insert(view, completion, from, to, prefixes),
  };
}

function inPageLanguage(names: Names): string {
  return document.documentElement.lang === "en" ? names.en : names.vi;
}

function describe(term: Term): HTMLElement {
  const names = [term.vi, term.en].filter(Boolean).join(" · ");
  const about = inPageLanguage(term.about);
  return make(
    "div",
    { class: "term" },
    make("strong", {}, names || term.name),
    ...(about ? [make("p", {}, about)] : []),
    make("code", {}, term.iri),
  );
}

/** Put a name in, and declare its prefix at the top if the query does not. */
function insert(
  view: EditorView,
  completion: Completion,
  from: number,
  to: number,
  prefixes: Record<string, string>,
): void {
  const prefix = completion.label.split(":", 1)[0] ?? "";
  const declared = new RegExp(`\\bprefix\\s+${prefix}:`, "i").test(view.state.doc.toString());
  const namespace = prefixes[prefix];
  const changes = [{ from, to, insert: completion.label }];
  const head = declared || !namespace ? "" : `PREFIX ${prefix}: <${namespace}>\n`;
  if (head) changes.unshift({ from: 0, to: 0, insert: head });
  view.dispatch({
    changes,
    selection: { anchor: from + head.length + completion.label.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
  });
}
