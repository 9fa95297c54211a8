"""From a file to facts, each with the stretch of text that proves it; knows no RDF."""
