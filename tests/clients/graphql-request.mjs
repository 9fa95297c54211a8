// graphql-request: one page of tasks; what an error of the server looks like to its user.
import { ClientError, GraphQLClient, gql } from "graphql-request";
import { PAGE } from "./operations.mjs";

const client = new GraphQLClient(process.argv[2]);
const page = await client.request(gql`${PAGE}`, { first: 3 });
const refused = await client.request("{ nothing }").catch((error) => {
  if (!(error instanceof ClientError)) throw error;
  return error.response.errors[0].extensions.code;
});
console.log(JSON.stringify({ pages: [page.tasks], refused }));
