"""The vocabulary: OWL classes, SHACL shapes, code lists, and their IRIs as Python names."""

from importlib import resources

VOCABULARY = ("cancu.ttl", "external.ttl", "codes.ttl", "doctypes.ttl", "pillars.ttl")
REGISTER = ("places.ttl", "agencies.ttl", "changes.ttl")
SHAPES = "shapes.ttl"


def read(name: str) -> str:
    """Return the Turtle text of one of the package's files ("cancu.ttl")."""
    return resources.files("ontology").joinpath(name).read_text(encoding="utf-8")
