"""The codes in numbers of documents as code lists: what "KH" in "44/KH-UBND" stands for.

The loaders read numbers by these lists; here each code becomes a concept. One code may mean one
thing in numbers of the state and another in those of the Party, so each series has a list of its
own, and one for the issuers:

    code/state-code/KH    cancu:codeOf doctype/plan
    code/party-code/QDD   cancu:codeOf doctype/decision, doctype/regulation
    code/issuer/BKHCN     cancu:codeOf agency/bo-khoa-hoc-va-cong-nghe
"""

from collections.abc import Iterator

from graph import iris, terms
from graph.register import agency_named, kind_named
from graph.terms import Statement
from loaders.citing.doctypes import TYPES
from loaders.tables import read_table
from ontology.terms import BASE, CANCU, RDF_TYPE, SKOS

_SCHEMES = {
    "state-code": (
        "Ký hiệu loại văn bản trong số hiệu của Nhà nước",
        "Type codes in numbers of the state",
        "Chữ cho biết loại văn bản: \"KH\" trong \"44/KH-UBND\".",
        "The letters that tell the type: \"KH\" in \"44/KH-UBND\".",
    ),
    "party-code": (
        "Ký hiệu loại văn bản trong số hiệu của Đảng",
        "Type codes in numbers of the Party",
        "Chữ cho biết loại văn bản: \"NQ\" trong \"57-NQ/TW\".",
        "The letters that tell the type: \"NQ\" in \"57-NQ/TW\".",
    ),
    "issuer": (
        "Ký hiệu cơ quan ban hành trong số hiệu văn bản",
        "Issuer codes in numbers of documents",
        "Chữ cho biết ai ban hành: \"UBND\" trong \"44/KH-UBND\".",
        "The letters that tell who issued it: \"UBND\" in \"44/KH-UBND\".",
    ),
}  # fmt: skip


def code_statements() -> Iterator[Statement]:
    """Yield the three code lists with all their codes."""
    for scheme, (name, english, definition, defined) in _SCHEMES.items():
        iri = f"{BASE}code/{scheme}"
        yield iri, RDF_TYPE, SKOS.ConceptScheme
        yield from _words(iri, (name, english), (definition, defined))
    for side, scheme in (("Nhà nước", "state-code"), ("Đảng", "party-code")):
        yield from _type_codes(side, scheme)
    yield from _issuer_codes()


def _type_codes(side: str, scheme: str) -> Iterator[Statement]:
    means: dict[str, list[tuple[str, str]]] = {}
    for kind in TYPES:
        for code in kind.state if scheme == "state-code" else kind.party:
            means.setdefault(code, []).append((kind.name, kind.english))
    english_side = "the state" if scheme == "state-code" else "the Party"
    for code, kinds in means.items():
        names = " hoặc ".join(name for name, _ in kinds)
        words = " or ".join(english.replace("-", " ") for _, english in kinds)
        definition = f"{names}, trong số hiệu của {side}."
        yield from _code(scheme, code, (definition, f"{words}, in numbers of {english_side}."))
        for _, english in kinds:
            yield _iri(scheme, code), CANCU.codeOf, iris.document_type(english)


def _issuer_codes() -> Iterator[Statement]:
    for row in read_table("issuer_codes"):
        code, name = row["code"], row["name"]
        term = (agency_named(name) or kind_named(name)) if name else None
        english = term.english if term else name
        told = (f"{name} ban hành.", f"Issued by: {english}.")
        # "TW" is the Central Committee, the Politburo or the Secretariat: the code does not tell.
        untold = ("Ký hiệu không cho biết cơ quan nào.", "The code does not tell which organ.")
        yield from _code("issuer", code, told if name else untold)
        if term:
            yield _iri("issuer", code), CANCU.codeOf, term.iri


def _code(scheme: str, code: str, definition: tuple[str, str]) -> Iterator[Statement]:
    iri = _iri(scheme, code)
    yield iri, RDF_TYPE, SKOS.Concept
    yield iri, SKOS.inScheme, f"{BASE}code/{scheme}"
    yield iri, SKOS.notation, terms.text(code)
    yield from _words(iri, (code, code), definition)


def _words(iri: str, names: tuple[str, str], definitions: tuple[str, str]) -> Iterator[Statement]:
    for language, name, definition in zip(("vi", "en"), names, definitions, strict=True):
        yield iri, SKOS.prefLabel, terms.label(name, language)
        yield iri, SKOS.definition, terms.label(definition, language)


def _iri(scheme: str, code: str) -> str:
    return iris.code(scheme, iris.step(code))
