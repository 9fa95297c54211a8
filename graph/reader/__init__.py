"""Typed, batched reading of the graph: what pages and GraphQL show.

`model` says what can be described, `kinds` describes each kind of thing in the graph, `questions`
makes SPARQL of what is wanted, `reading` asks level by level and puts the records together.
"""
