"""How a release is made: from nothing, or from the one before it and what changed.

    draft      the database of the next release, and how it differs from the published one
    told       what single documents tell of nodes that they share
    following  shared graphs, conclusions and counts brought in step with a change
    anew       the same from nothing
    ledger     what one load leaves for the next, so that it need not look at the whole store

Both ways give the same release: tests load documents one by one and all at once.
"""
