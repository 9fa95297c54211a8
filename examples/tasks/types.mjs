// Makes src/operations.ts from the schema and src/operations.graphql: what an answer looks like.
import { readFile, writeFile } from "node:fs/promises";
import { codegen } from "@graphql-codegen/core";
import * as documents from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";

const SCHEMA = "../../api/graphql/schema.graphql";
const OPERATIONS = "src/operations.graphql";
const schemaAst = buildSchema(await readFile(SCHEMA, "utf8"));
const scalars = { Date: "string", PartialDate: "string", JSON: "unknown" };
const settings = { scalars, useTypeImports: true, enumType: "string-literal", skipTypename: true };

const made = await codegen({
  filename: "src/operations.ts",
  schema: parse(await readFile(SCHEMA, "utf8")),
  schemaAst,
  documents: [{ location: OPERATIONS, document: parse(await readFile(OPERATIONS, "utf8")) }],
  config: {},
  plugins: [{ operations: settings }, { documents: settings }],
  pluginMap: { operations, documents },
});
await writeFile("src/operations.ts", made);
