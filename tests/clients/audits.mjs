// Runs the audits of GraphQL over HTTP against an address; writes how many there are, what failed.
import { serverAudits } from "graphql-http";

const audits = serverAudits({ url: process.argv[2], fetchFn: fetch });
const results = [];
for (const audit of audits) results.push(await audit.fn());
const failed = results.filter(({ status }) => status !== "ok");
console.log(JSON.stringify({
  count: audits.length,
  failed: failed.map(({ id, name, status, reason }) => ({ id, name, status, reason })),
}));
