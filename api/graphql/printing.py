"""The schema as text; `python -m api.graphql.printing` writes it beside this module."""

from pathlib import Path

from api.graphql.schema import SCHEMA

FILE = Path(__file__).with_name("schema.graphql")
_HEAD = "# Written by scripts/schema from graph/reader/kinds and graph/reader/listings.py.\n\n"


def schema_text() -> str:
    """Return the schema in GraphQL's own language."""
    return f"{_HEAD}{SCHEMA.as_str()}\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
