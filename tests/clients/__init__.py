"""Clients of others, as they are, against the real server."""
