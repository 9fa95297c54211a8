"""From a file to facts, each with the stretch of text that proves it; knows no RDF.

Where to start reading: `extract` is the way through; `facts` what comes out; each kind of fact is
defined in the module of its name, and what that module needs stands beside it:

text        source, reading, legacy…, spacing, syllables, markup, lines, paragraphs, markers,
            numbering, layout
structure   sections, parts, tasks, task_tables, rows, cells, body, closing, annexes, head,
            letterhead, dateline, labels, preamble, grounds, page_titles, signature
citations   citations, mentions, numbers, codes, typewords, typechoice, barenumbers, laws,
            lawnames, standards, dates, issuance, issuers, particulars, titles, usage, aliases,
            unnumbered, ocr, doctypes, resolve, cite
agencies    agencies, agency_…, gazetteer, roles, role_…
deadlines   deadlines, deadline_choice, due_times, periods
indicators  indicators, indicator_…, quantities, rankings, units
all         document (spans, evidence, gaps), errors, tables and data (lists), corpus, annotation,
            evaluate
"""
