// What every client asks: a page of tasks, with variables, fragments and a field of an interface.
export const PAGE = `
  query Page($first: Int!, $after: String, $language: Language! = EN) {
    tasks(first: $first, after: $after) {
      totalCount
      edges { cursor node { ...Shown } }
      pageInfo { hasNextPage endCursor }
    }
  }
  fragment Shown on Task {
    id
    text
    plan { id label(language: $language) ... on Plan { fileName } }
    evidence { id quote start end document { id sha256 } }
  }
`;
