"""The names of what our SPARQL knows beyond the standard.

They stand in a namespace of their own: what is there computes, and is no data of the graph.
"""

from ontology.terms import BASE

PREFIX = "cancuf"
FUNCTIONS = f"{BASE}function/"
# `SERVICE cancuf:search { … }` is answered here, from the index of texts; no other service is.
SEARCH = f"{FUNCTIONS}search"
