import { useQuery } from "urql";
import { ChoicesDocument, type Pillar, type Role, type TaskFilter } from "./operations";
import { useWords } from "./words";

/** What the reader has chosen; "" where nothing is. */
export interface Chosen {
  agency: string;
  role: Role | "";
  pillar: Pillar | "";
  due: string;
  text: string;
}

export const NO_FILTERS: Chosen = { agency: "", role: "", pillar: "", due: "", text: "" };
const ROLES: Role[] = ["LEAD", "SUPPORT", "REPORTS_TO"];

/** Say it as the schema does; what is null narrows nothing. */
export function filterOf(plan: string, { agency, role, pillar, due, text }: Chosen): TaskFilter {
  const isNamed = agency || role;
  return {
    document: [plan],
    agency: isNamed ? [{ agency: agency ? [agency] : null, role: role ? [role] : null }] : null,
    pillar: pillar ? [pillar] : null,
    dueUntil: due || null,
    text: text.trim() || null,
  };
}

interface Props {
  plan: string;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}

export function Filters({ plan, chosen, onChoose }: Props) {
  const { language, say } = useWords();
  const variables = { plan: [plan], role: chosen.role ? [chosen.role] : null, language };
  const [{ data }] = useQuery({ query: ChoicesDocument, variables });
  const set = (part: Partial<Chosen>) => onChoose({ ...chosen, ...part });

  return (
    <form role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        {say("agency")}
        <select value={chosen.agency} onChange={(event) => set({ agency: event.target.value })}>
          <option value="">{say("any")}</option>
          {data?.assignmentFacets[0]?.values.map(({ value, label, count }) => (
            <option key={value} value={value}>
              {label} ({count})
            </option>
          ))}
        </select>
      </label>
      <label>
        {say("role")}
        <select
          value={chosen.role}
          onChange={(event) => set({ role: event.target.value as Role | "", agency: "" })}
        >
          <option value="">{say("any")}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {say(role)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say("pillar")}
        <select
          value={chosen.pillar}
          onChange={(event) => set({ pillar: event.target.value as Pillar | "" })}
        >
          <option value="">{say("any")}</option>
          {data?.taskFacets[0]?.values.map(({ value, label, count }) => (
            <option key={value} value={value}>
              {label} ({count})
            </option>
          ))}
        </select>
      </label>
      <label>
        {say("due")}
        <input
          type="date"
          value={chosen.due}
          onChange={(event) => set({ due: event.target.value })}
        />
      </label>
      <label>
        {say("text")}
        <input
          type="search"
          value={chosen.text}
          onChange={(event) => set({ text: event.target.value })}
        />
      </label>
      <button type="button" onClick={() => onChoose(NO_FILTERS)}>
        {say("clear")}
      </button>
    </form>
  );
}
