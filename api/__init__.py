"""Every way in: today the command line."""
