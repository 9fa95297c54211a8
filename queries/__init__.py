"""The catalogue: one `.rq` file a question, its header saying what it answers and takes."""
