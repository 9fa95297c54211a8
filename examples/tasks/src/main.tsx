import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Client, Provider, cacheExchange, fetchExchange } from "urql";
import { App } from "./App";
import "./style.css";

const client = new Client({
  url: import.meta.env["VITE_GRAPHQL"] ?? "/graphql",
  exchanges: [cacheExchange, fetchExchange],
});

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <Provider value={client}>
      <App />
    </Provider>
  </StrictMode>,
);
