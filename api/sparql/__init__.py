"""SPARQL 1.1 Protocol, Service Description and the reading half of the Graph Store Protocol."""
