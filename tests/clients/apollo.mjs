// Apollo Client: persisted queries by GET, interfaces told apart, pages joined in its cache.
import { createHash } from "node:crypto";
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { PAGE } from "./operations.mjs";

const [uri] = process.argv.slice(2);
const asked = [];
const client = new ApolloClient({
  link: new PersistedQueryLink({
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    useGETForHashedQueries: true,
  }).concat(new HttpLink({ uri, fetch: noted })),
  cache: new InMemoryCache({
    possibleTypes: { Document: ["Plan", "Resolution", "OtherDocument"] },
    typePolicies: { Query: { fields: { tasks: relayStylePagination(["filter"]) } } },
  }),
});

const query = gql(PAGE);
const first = await client.query({ query, variables: { first: 3 } });
const after = first.data.tasks.pageInfo.endCursor;
const watched = client.watchQuery({ query, variables: { first: 3 } });
const second = await watched.fetchMore({ variables: { after } });
const joined = client.readQuery({ query, variables: { first: 3 } });
const refused = await client.query({ query: gql`{ nothing }` }).catch((error) => {
  if (!CombinedGraphQLErrors.is(error)) throw error;
  return error.errors[0].extensions.code;
});
console.log(JSON.stringify({
  pages: [first.data.tasks, second.data.tasks],
  joined: joined.tasks.edges.length,
  refused,
  asked,
}));

function noted(address, options) {
  const { searchParams } = new URL(address);
  asked.push([options.method, options.body?.includes('"query"') || searchParams.has("query")]);
  return fetch(address, options);
}
