"""The named questions and the editor over HTTP."""
