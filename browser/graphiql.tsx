// GraphiQL for `/graphql`, with operations to begin with.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { type GraphiQLPlugin, useEditorContext } from "@graphiql/react";
import { setNonce } from "get-nonce";
import { GraphiQL } from "graphiql";
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { element, say } from "./page";

interface Example {
  name: string;
  title: string;
  text: string;
}

interface Start {
  endpoint: string;
  nonce: string;
  examples: Example[];
}

const start: Start = JSON.parse(element("start", HTMLScriptElement).textContent ?? "");
const FIRST = "plan_tasks";
const WIDE = "(min-width: 60rem)"; // where the examples leave room for an operation and its answer

const plugin: GraphiQLPlugin = { title: say("examples"), icon: Icon, content: Examples };
const fetcher = createGraphiQLFetcher({
  url: new URL(start.endpoint, location.href).href,
  enableIncrementalDelivery: false,
});

// The dialogs hold the page still by a style sheet of their own making.
setNonce(start.nonce);
createRoot(element("graphiql", HTMLElement)).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[plugin]}
    defaultTabs={[{ query: start.examples.find(({ name }) => name === FIRST)?.text ?? null }]}
    defaultQuery={"\n"} // of a new tab; with nothing at all GraphiQL puts its own welcome there
    inputValueDeprecation
    schemaDescription
  />,
);

function Examples() {
  const { addTab, queryEditor } = useEditorContext({ nonNull: true });
  const [wanted, want] = useState<Example>();

  // Only when the new tab is there does the editor belong to it.
  useEffect(() => {
    if (!wanted) return;
    queryEditor?.setValue(wanted.text);
    want(undefined);
  }, [wanted, queryEditor]);

  function open(example: Example) {
    addTab();
    want(example);
  }

  return (
    <section className="examples">
      <h2>{say("examples")}</h2>
      <p>{say("examples_lead")}</p>
      <ul>
        {start.examples.map((example) => (
          <li key={example.name}>
            <button type="button" onClick={() => open(example)}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

let isOpened = false;

function Icon() {
  const drawn = useRef<SVGSVGElement>(null);

  // GraphiQL 4 can be told which panel is open only when it has laid out the page without it: the
  // examples are opened the first time that their button is there.
  useEffect(() => {
    if (!isOpened && matchMedia(WIDE).matches) drawn.current?.closest("button")?.click();
    isOpened = true;
  }, []);

  return (
    <svg ref={drawn} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="M9 5h11M9 12h11M9 19h11M4 5h.01M4 12h.01M4 19h.01" strokeLinecap="round" />
    </svg>
  );
}
