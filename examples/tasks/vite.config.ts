import { defineConfig } from "vite";

// While developing, the server is asked through Vite; what is built asks VITE_GRAPHQL.
export default defineConfig({
  base: "./",
  server: { host: "127.0.0.1", proxy: { "/graphql": "http://127.0.0.1:8000" } },
});
