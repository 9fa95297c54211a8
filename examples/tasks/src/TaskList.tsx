import { useDeferredValue, useState } from "react";
import { useQuery } from "urql";
import { Evidence } from "./Evidence";
import { filterOf, type Chosen } from "./Filters";
import { TasksDocument, type TaskFilter, type TasksQuery } from "./operations";
import { useWords } from "./words";

type Task = TasksQuery["tasks"]["nodes"][number];

/** All pages of a list that have been asked for, from the first. */
export function TaskList({ plan, chosen }: { plan: string; chosen: Chosen }) {
  const filter = filterOf(plan, useDeferredValue(chosen));
  return <Pages key={JSON.stringify(filter)} filter={filter} />;
}

function Pages({ filter }: { filter: TaskFilter }) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  return (
    <section>
      {cursors.map((after, index) => (
        <PageOfTasks
          key={after}
          filter={filter}
          after={after}
          isFirst={index === 0}
          onMore={
            index === cursors.length - 1 ? (cursor) => setCursors([...cursors, cursor]) : undefined
          }
        />
      ))}
    </section>
  );
}

interface PageProps {
  filter: TaskFilter;
  after: string | null;
  isFirst: boolean;
  onMore: ((cursor: string) => void) | undefined;
}

function PageOfTasks({ filter, after, isFirst, onMore }: PageProps) {
  const { language, say } = useWords();
  const [{ data, error, fetching }] = useQuery({
    query: TasksDocument,
    variables: { filter, after, language },
  });
  const end = data?.tasks.pageInfo.hasNextPage ? data.tasks.pageInfo.endCursor : null;
  return (
    <>
      {isFirst && (
        <p role="status">
          {data ? say("found", data.tasks.totalCount) : fetching ? say("loading") : ""}
        </p>
      )}
      {error && <p role="alert">{say("failed")}: {error.message}</p>}
      <ol>
        {data?.tasks.nodes.map((task) => (
          <TaskItem key={task.id} task={task} />
        ))}
      </ol>
      {end && onMore && (
        <button type="button" onClick={() => onMore(end)}>
          {say("more")}
        </button>
      )}
    </>
  );
}

function TaskItem({ task }: { task: Task }) {
  return (
    <li>
      <article>
        {task.pillarLabel && <p className="pillar">{task.pillarLabel}</p>}
        <p lang="vi">
          {task.listLabel && <b>{task.listLabel} </b>}
          {task.text}
        </p>
        <ul className="facts">
          {task.assignments.map(({ id, role, roleLabel, agency }) => (
            <li key={id} data-role={role}>
              {roleLabel}: <b>{agency.label}</b>
            </li>
          ))}
          {task.deadlines.map(({ id, text, latestDate }) => (
            <li key={id} lang="vi">
              {text} {latestDate && <time dateTime={latestDate}>({latestDate})</time>}
            </li>
          ))}
        </ul>
        <Evidence task={task.id} />
      </article>
    </li>
  );
}
