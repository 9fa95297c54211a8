import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { Filters, NO_FILTERS, type Chosen } from "./Filters";
import { PlansDocument, type Language } from "./operations";
import { TaskList } from "./TaskList";
import { LanguageContext, useWords } from "./words";

export function App() {
  const [language, setLanguage] = useState<Language>(
    new URLSearchParams(location.search).get("lang") === "en" ? "EN" : "VI",
  );

  useEffect(() => {
    document.documentElement.lang = language.toLowerCase();
    history.replaceState(null, "", `?lang=${language.toLowerCase()}`);
  }, [language]);

  return (
    <LanguageContext value={language}>
      <Page onSwitch={() => setLanguage(language === "VI" ? "EN" : "VI")} />
    </LanguageContext>
  );
}

function Page({ onSwitch }: { onSwitch: () => void }) {
  const { language, say } = useWords();
  const [{ data, error }] = useQuery({ query: PlansDocument, variables: { language } });
  const [wanted, want] = useState<string>();
  const [chosen, choose] = useState<Chosen>(NO_FILTERS);

  useEffect(() => {
    document.title = say("title");
  });

  const plans = data?.plans.nodes ?? [];
  const plan = wanted ?? plans[0]?.id;
  const other = language === "VI" ? "en" : "vi";
  return (
    <>
      <header>
        <h1>{say("title")}</h1>
        <button type="button" lang={other} onClick={onSwitch}>
          {other === "en" ? "English" : "Tiếng Việt"}
        </button>
      </header>
      <main>
        {error && <p role="alert">{say("failed")}: {error.message}</p>}
        <label className="plan">
          {say("plan")}
          <select
            value={plan}
            onChange={(event) => {
              want(event.target.value);
              choose(NO_FILTERS);
            }}
          >
            {plans.map(({ id, label, province }) => (
              <option key={id} value={id}>
                {province?.label}: {label}
              </option>
            ))}
          </select>
        </label>
        {plan && <Filters plan={plan} chosen={chosen} onChoose={choose} />}
        {plan && <TaskList key={plan} plan={plan} chosen={chosen} />}
      </main>
    </>
  );
}
