// Bundles the entry points into api/static/vendor, with the licences of what goes into them.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const out = "api/static/vendor";
const entries = ["browser/editor.ts", "browser/pages.ts"];

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: entries,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  metafile: true,
  logLevel: "warning",
});
await writeFile(`${out}/LICENSES.txt`, await licences(Object.keys(metafile.inputs)));

/** Return the name, version and licence text of each package among the inputs. */
async function licences(inputs) {
  const folders = inputs.map((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const parts = [];
  for (const folder of [...new Set(folders)].filter(Boolean).sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${folder} has no licence file to pass on`);
    const text = await readFile(`${folder}/${file}`, "utf8");
    parts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(72)}\n\n`);
}
