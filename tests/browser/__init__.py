"""The pages as people see them: a real server, a real Chromium."""
