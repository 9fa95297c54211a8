"""Citing: mentions of other documents, and which documents they mean."""
