"""The schema of the last release: what clients were promised, without its words.

`python -m tests.api.graphql.released` promises what stands today; it is part of making a release.
"""

from pathlib import Path

from graphql import build_client_schema, build_schema, introspection_from_schema, print_schema

ROOT = Path(__file__).parents[3]
RELEASED = Path(__file__).with_name("released.graphql")
NOW = ROOT / "api" / "graphql" / "schema.graphql"


def without_words(schema: str) -> str:
    """Return a schema without descriptions: they may change as they like."""
    plain = introspection_from_schema(build_schema(schema), descriptions=False)
    return f"{print_schema(build_client_schema(plain))}\n"


if __name__ == "__main__":
    RELEASED.write_text(without_words(NOW.read_text(encoding="utf-8")), encoding="utf-8")
