"""Let `python -m api` be the command line."""

from api.cli import main

main()
