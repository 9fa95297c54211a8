// The text field of the editor: CodeMirror with SPARQL, our completions, and marks at errors.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completions, type Vocabulary } from "./vocabulary";
import { say } from "./page";

// Classes, not colours: the style sheet knows light, dark and print.
const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.keyword, class: "hl-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "hl-string" },
  { tag: [tags.number, tags.bool], class: "hl-number" },
  { tag: tags.comment, class: "hl-comment" },
  { tag: [tags.variableName, tags.special(tags.variableName)], class: "hl-variable" },
  { tag: [tags.namespace, tags.propertyName, tags.url], class: "hl-name" },
]);

interface Doings {
  run: () => void;
  change: (text: string) => void;
}

/** Put an editor where a text area stood. */
export function makeField(
  place: HTMLElement,
  text: string,
  vocabulary: Promise<Vocabulary>,
  doings: Doings,
): EditorView {
  const run = (): boolean => {
    doings.run();
    return true;
  };
  const extensions = [
    EditorView.cspNonce.of(place.dataset["nonce"] ?? ""),
    EditorView.contentAttributes.of({ "aria-label": say("query"), spellcheck: "false" }),
    EditorView.lineWrapping,
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      doings.change(update.state.doc.toString());
      // A mark stands for the text that was asked, not for what is typed since.
      queueMicrotask(() => clearErrors(update.view));
    }),
    lineNumbers(),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    drawSelection(),
    history(),
    search({ top: true }),
    bracketMatching(),
    closeBrackets(),
    lintGutter(),
    sparql(),
    syntaxHighlighting(HIGHLIGHT),
    autocompletion({ override: [completions(vocabulary)], icons: false, maxRenderedOptions: 60 }),
    keymap.of([
      { key: "Mod-Enter", run },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap, // Tab is left to the keyboard's way through the page
    ]),
  ];
  return new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: place });
}

/** Mark the place of an error; a line or column past the end is brought back into the text. */
export function markError(view: EditorView, line: number, column: number, message: string): void {
  const { doc } = view.state;
  const { from, to, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  // The server counts characters, the editor UTF-16 units.
  const offset = [...text].slice(0, Math.max(column - 1, 0)).join("").length;
  const start = Math.min(from + offset, to);
  const word = /^[\p{L}\p{N}_:?-]+|^./u.exec(doc.sliceString(start, to))?.[0] ?? "";
  const diagnostic: Diagnostic = { from: start, to: start + word.length, severity: "error", message };
  view.dispatch(setDiagnostics(view.state, [diagnostic]), {
    selection: { anchor: start },
    effects: EditorView.scrollIntoView(start, { y: "center" }),
  });
}

/** Take the marks away. */
export function clearErrors(view: EditorView): void {
  view.dispatch(setDiagnostics(view.state, []));
}
