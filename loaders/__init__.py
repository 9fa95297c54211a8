"""From a file to facts, each with the stretch of text that proves it; knows no RDF.

Where to start reading: `extract` is the way through, `facts` what comes out. Each folder finds one
kind of thing:

text        source's bytes to a layout: readings, lines, paragraphs, markers, old encodings
structure   head, sections, tasks, annexes, tables, closing
citing      mentions of other documents, and which documents they mean
organs      names of agencies, and their roles
timing      deadlines and schedules
measuring   indicators, targets, units

Beside them: `document` (spans, evidence, gaps), `source`, `errors`, `tables` and `data` (lists),
`provinces`, `corpus`, `annotation` and `evaluate`.
"""
