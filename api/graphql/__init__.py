"""GraphQL over the same graph: typed, bounded, with evidence on everything."""
