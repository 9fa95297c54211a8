"""Asking a release without trusting the asker: questions in, streamed answers out."""
