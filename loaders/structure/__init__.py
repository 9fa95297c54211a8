"""Structure: head and foot, sections, tasks, and where each part of a document runs."""
