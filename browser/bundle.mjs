// Bundles the entry points into api/static/vendor, with the licences of what goes into them.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const out = "api/static/vendor";
const entries = ["editor.ts", "graphiql.css", "graphiql.tsx", "pages.ts"];
// Packages without a licence file, and one by the same authors under the same licence that has it.
const sameAuthors = {
  "@graphiql/plugin-doc-explorer": "graphiql",
  "@graphiql/plugin-history": "graphiql",
  "react-compiler-runtime": "react",
  "react-remove-scroll-bar": "react-remove-scroll",
  "toggle-selection": "copy-to-clipboard",
};
// GraphiQL's style sheet carries its fonts as data, which our policy forbids and few would miss.
const withoutFonts = {
  name: "without fonts",
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.css$/ }, async ({ path }) => {
      const sheet = await readFile(path, "utf8");
      return { contents: sheet.replace(/@font-face\s*\{[^}]*\}/g, ""), loader: "css" };
    });
  },
};

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: entries.map((entry) => `browser/${entry}`),
  outdir: out,
  bundle: true,
  minify: true,
  keepNames: true, // GraphiQL names its icons, for who cannot see them, after its functions
  format: "esm",
  target: "es2022",
  define: { "process.env.NODE_ENV": '"production"' }, // React without its warnings
  plugins: [withoutFonts],
  metafile: true,
  logLevel: "warning",
});
await writeFile(`${out}/LICENSES.txt`, await licences(Object.keys(metafile.inputs)));

/** Return the name, version and licence text of each package among the inputs. */
async function licences(inputs) {
  const folders = inputs.map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const parts = [];
  for (const folder of [...new Set(folders)].filter(Boolean).sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const text = await licence(sameAuthors[name] ? `node_modules/${sameAuthors[name]}` : folder);
    parts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(72)}\n\n`);
}

async function licence(folder) {
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${folder} has no licence file to pass on`);
  return readFile(`${folder}/${file}`, "utf8");
}
