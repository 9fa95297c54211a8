"""The workbench: the named questions as pages and as an API, and the SPARQL editor."""
