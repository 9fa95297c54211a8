// What an application with Relay writes; its compiler reads the operations out of the text.
import { graphql } from "relay-runtime";

export const TaskQuery = graphql`
  query tasksOneQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...tasksOfPlan @alias
    }
  }
`;

export const Tasks = graphql`
  fragment tasksOfPlan on Document
  @refetchable(queryName: "tasksPaginationQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" }) {
    label(language: EN)
    tasks(first: $first, after: $after) @connection(key: "plan_tasks") {
      edges {
        node {
          id
          ...tasksShown
        }
      }
    }
  }
`;

export const Task = graphql`
  fragment tasksShown on Task {
    text
    evidence {
      quote
      document {
        sha256
      }
    }
  }
`;

export const All = graphql`
  fragment tasksAll on Query
  @refetchable(queryName: "tasksAllPaginationQuery")
  @argumentDefinitions(last: { type: "Int", defaultValue: 3 }, before: { type: "String" }) {
    tasks(last: $last, before: $before, filter: { hasDeadline: true })
      @connection(key: "all_tasks", filters: ["filter"]) {
      edges {
        node {
          ...tasksShown
        }
      }
    }
  }
`;

export const AllQuery = graphql`
  query tasksAllQuery {
    ...tasksAll
  }
`;
