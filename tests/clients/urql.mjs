// urql with its usual exchanges: a page by POST, and the next by GET.
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { PAGE } from "./operations.mjs";

const [url] = process.argv.slice(2);
const exchanges = [cacheExchange, fetchExchange];
const posting = new Client({ url, exchanges, preferGetMethod: false });
const getting = new Client({ url, exchanges, preferGetMethod: "force" });

const first = await posting.query(PAGE, { first: 3 }).toPromise();
if (first.error) throw first.error;
const after = first.data.tasks.pageInfo.endCursor;
const second = await getting.query(PAGE, { first: 3, after }).toPromise();
if (second.error) throw second.error;
const refused = await posting.query("{ nothing }", {}).toPromise();
console.log(JSON.stringify({
  pages: [first.data.tasks, second.data.tasks],
  refused: refused.error.graphQLErrors[0].extensions.code,
}));
