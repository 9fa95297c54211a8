"""Timing: when a thing is due, and how often."""
