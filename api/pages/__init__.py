"""What a browser, or a client that follows links, gets: every IRI of the graph, dumps, pages."""
