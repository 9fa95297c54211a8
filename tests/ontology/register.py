"""What the tests ask of the register: its four files in one store, names in short."""

from functools import lru_cache

import pyoxigraph as ox

import ontology

FILES = ("places.ttl", "agencies.ttl", "changes.ttl", "pillars.ttl")
BASE = "https://w3id.org/cancu/"
PREFIXES = {
    "agency": f"{BASE}agency/",
    "cancu": f"{BASE}ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "kind": f"{BASE}agency-kind/",
    "org": "http://www.w3.org/ns/org#",
    "pillar": f"{BASE}code/pillar/",
    "place": f"{BASE}place/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
DESCRIBED = ("place", "agency", "kind", "pillar")


@lru_cache(maxsize=1)
def register() -> ox.Store:
    """Return the four files in one store."""
    store = ox.Store()
    for name in FILES:
        store.load(ontology.read(name), ox.RdfFormat.TURTLE)
    return store


def iri(name: str) -> str:
    """Spell "place:hue" out; an IRI stays as it is."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES else name


def short(address: str) -> str:
    """Spell an IRI with its prefix."""
    known = [(base, prefix) for prefix, base in PREFIXES.items() if address.startswith(base)]
    if not known:
        return address
    base, prefix = max(known, key=lambda pair: len(pair[0]))
    return f"{prefix}:{address.removeprefix(base)}"


def subjects(prefix: str) -> list[str]:
    """Return everything that is described under a prefix ("place")."""
    every = {quad.subject.value for quad in register() if isinstance(quad.subject, ox.NamedNode)}
    return sorted(short(address) for address in every if short(address).startswith(f"{prefix}:"))


def values(subject: str, *predicates: str, language: str | None = None) -> list[str]:
    """Return the values of some properties, IRIs with their prefix."""
    node = ox.NamedNode(iri(subject))
    found: list[str] = []
    for predicate in predicates:
        for quad in register().quads_for_pattern(node, ox.NamedNode(iri(predicate)), None):
            if isinstance(quad.object, ox.NamedNode):
                found.append(short(quad.object.value))
            elif isinstance(quad.object, ox.Literal) and language in (None, quad.object.language):
                found.append(quad.object.value)
    return sorted(found)


def events() -> list[str]:
    """Return every change."""
    kind, event = ox.NamedNode(iri("rdf:type")), ox.NamedNode(iri("org:ChangeEvent"))
    found = register().quads_for_pattern(None, kind, event)
    return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))


def originals(event: str) -> list[str]:
    return values(event, "org:originalOrganization")


def results(event: str) -> list[str]:
    return values(event, "org:resultingOrganization")


def successors() -> dict[str, set[str]]:
    """Return what carries on for each thing that ended."""
    found: dict[str, set[str]] = {}
    for event in events():
        for original in originals(event):
            found.setdefault(original, set()).update(results(event))
    return found


def today(thing: str) -> set[str]:
    """Return what carries on for a thing at the end of all changes."""
    following = successors().get(thing, set())
    return {last for after in following for last in today(after)} if following else {thing}


def label(subject: str) -> str:
    return values(subject, "skos:prefLabel", language="vi")[0]


def names(subject: str) -> list[str]:
    """Return the Vietnamese names under which a thing is known."""
    return values(subject, "skos:prefLabel", "skos:altLabel", language="vi")
