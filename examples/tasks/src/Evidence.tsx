import { useState } from "react";
import { useQuery } from "urql";
import { ProofDocument, type QuotedFragment } from "./operations";
import { useWords } from "./words";

/** The words of the source that prove a task and its facts; asked for when they are opened. */
export function Evidence({ task }: { task: string }) {
  const { say } = useWords();
  const [isOpen, open] = useState(false);
  return (
    <details onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{say("proof")}</summary>
      {isOpen && <Proof task={task} />}
    </details>
  );
}

function Proof({ task }: { task: string }) {
  const { language, say } = useWords();
  const [{ data, error }] = useQuery({ query: ProofDocument, variables: { task, language } });
  if (error) return <p role="alert">{say("failed")}: {error.message}</p>;
  if (!data?.task) return <p>{say("loading")}</p>;
  const { evidence, assignments, deadlines } = data.task;
  return (
    <dl>
      <Fact title={say("taskItself")} evidence={evidence} />
      {assignments.map(({ id, roleLabel, agency, evidence }) => (
        <Fact key={id} title={`${roleLabel}: ${agency.label}`} evidence={evidence} />
      ))}
      {deadlines.map(({ id, text, evidence }) => (
        <Fact key={id} title={`${say("deadline")}: ${text}`} evidence={evidence} />
      ))}
    </dl>
  );
}

function Fact({ title, evidence }: { title: string; evidence: QuotedFragment[] }) {
  const { say } = useWords();
  return (
    <div>
      <dt>{title}</dt>
      {evidence.map(({ id, prefix, quote, suffix, ...words }) => (
        <dd key={id}>
          <blockquote lang="vi">
            {prefix}
            <mark>{quote}</mark>
            {suffix}
          </blockquote>
          <p className="source">
            {words.document.fileName}, {say("place", `${words.start}–${words.end}`)} ·{" "}
            {say("rule")} {words.rule} · {say("confidence")} {words.confidence}
            {words.verified && ` · ${say("verified")}`} ·{" "}
            <code title={words.document.sha256}>SHA-256 {words.document.sha256.slice(0, 12)}…</code>
          </p>
        </dd>
      ))}
    </div>
  );
}
