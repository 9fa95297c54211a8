"""Organs: names of agencies, and what part they have in a task."""
