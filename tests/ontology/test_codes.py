"""The code lists hold every value that the loaders can give, and nothing points beside them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest

import loaders
import ontology
from graph.code_lists import code_statements
from graph.iris import step
from graph.store import Store
from graph.terms import value_of
from graph.turtle import all_of, described, words_of
from loaders.citing.citations import Resolution
from loaders.citing.doctypes import TYPES
from loaders.citing.usage import CitationKind
from loaders.measuring.indicators import Comparator
from loaders.measuring.units import UnitKind
from loaders.structure.tasks import Role
from loaders.tables import read_table
from ontology.terms import BASE, CANCU, RDF_TYPE, SKOS

CODE = f"{BASE}code/"
LISTS = ("codes.ttl", "doctypes.ttl", "pillars.ttl")
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)+")


def codes(scheme: str) -> set[str]:
    """Return the codes of a list, each checked to be the last step of its address."""
    found = set()
    for name in LISTS:
        for iri, values in described(name).items():
            if f"{CODE}{scheme}" in all_of(values, SKOS.inScheme):
                assert all_of(values, SKOS.notation) == [iri.rsplit("/", 1)[1]]
                found.add(iri.rsplit("/", 1)[1])
    return found


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("role", get_args(Role)),
        ("citation-kind", get_args(CitationKind)),
        ("resolution", get_args(Resolution)),
        ("unit", get_args(UnitKind)),
    ],
)
def test_a_list_holds_just_the_values_that_the_loaders_give(
    scheme: str, values: tuple[str, ...]
) -> None:
    assert codes(scheme) == set(values)


def test_there_is_a_code_for_each_comparator() -> None:
    assert len(codes("comparator")) == len(get_args(Comparator))


def test_a_list_holds_just_the_gaps_that_the_loaders_tell() -> None:
    constants, prefixes = _gap_codes()

    listed = codes("gap")
    beginning = {code for code in listed if code.startswith(tuple(prefixes))}
    assert prefixes == {"instrument-"}
    assert beginning == {"instrument-ambiguous", "instrument-unresolved"}
    assert listed - beginning == constants


def _gap_codes() -> tuple[set[str], set[str]]:
    """Return the codes in all functions that tell gaps, and the beginnings of those put together.

    A code may stand in a table of its function, so each word of the form of a code counts.
    """
    constants: set[str] = set()
    prefixes: set[str] = set()
    for function in _functions_with_gaps():
        for part in ast.walk(function):
            if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant):
                first = str(part.values[0].value)
                prefixes |= {first} if re.fullmatch(r"[a-z]+-", first) else set()
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                constants |= {part.value} if KEBAB.fullmatch(part.value) else set()
    return constants, prefixes


def _functions_with_gaps() -> Iterator[ast.FunctionDef]:
    for path in sorted(Path(loaders.__path__[0]).rglob("*.py")):
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.FunctionDef) and any(
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "Gap"
                for call in ast.walk(part)
            ):
                yield part


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_name_and_definition_in_both_languages(name: str) -> None:
    for iri, values in described(name).items():
        for predicate in (SKOS.prefLabel, SKOS.definition):
            for language in ("vi", "en"):
                assert len(words_of(values, predicate, language)) == 1, (iri, predicate)


def test_no_two_codes_of_a_list_share_a_name() -> None:
    for language in ("vi", "en"):
        names = [
            (all_of(values, SKOS.inScheme)[0], name)
            for file in LISTS
            for values in described(file).values()
            if SKOS.inScheme in values
            for name in words_of(values, SKOS.prefLabel, language)
        ]
        assert len(names) == len(set(names))


def test_the_graph_points_to_no_code_that_is_not_in_a_list(corpus_store: Path) -> None:
    database = Store(corpus_store).database
    listed = {
        value_of(quad.subject)
        for quad in database.quads_for_pattern(None, ox.NamedNode(SKOS.inScheme), None)
    }
    schemes = (f"{CODE}", f"{BASE}doctype/")

    pointed = {
        quad.object.value
        for quad in database
        if isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith(schemes)
        and quad.predicate.value not in (SKOS.inScheme, RDF_TYPE)
    }
    assert len(pointed) > 50
    assert pointed - listed == set()


# --- The codes in numbers of documents ---


def _made() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, value in code_statements():
        text = value if isinstance(value, str) else value.value
        found.setdefault((subject, predicate), set()).add(text)
    return found


def test_each_type_code_stands_for_its_types_in_the_series_of_state_and_party() -> None:
    made = _made()

    for scheme in ("state-code", "party-code"):
        for kind in TYPES:
            for code in kind.state if scheme == "state-code" else kind.party:
                iri = f"{CODE}{scheme}/{step(code)}"
                assert made[iri, SKOS.notation] == {code}
                assert f"{BASE}doctype/{kind.english}" in made[iri, CANCU.codeOf]
    # In numbers of the Party "QĐ" is both, in those of the state it is one.
    assert len(made[f"{CODE}party-code/QDD", CANCU.codeOf]) == 2
    assert len(made[f"{CODE}state-code/QDD", CANCU.codeOf]) == 1


def test_each_issuer_code_is_listed_and_stands_for_the_agency_of_the_register() -> None:
    made = _made()

    for row in read_table("issuer_codes"):
        assert made[f"{CODE}issuer/{step(row['code'])}", SKOS.notation] == {row["code"]}
    assert made[f"{CODE}issuer/BKHCN", CANCU.codeOf] == {f"{BASE}agency/bo-khoa-hoc-va-cong-nghe"}
    assert made[f"{CODE}issuer/STC", CANCU.codeOf] == {f"{BASE}agency-kind/so-tai-chinh"}
    # "TW" is the code of three organs, so it is said of none.
    assert (f"{CODE}issuer/TW", CANCU.codeOf) not in made


def test_the_lists_are_named_in_the_vocabulary_once() -> None:
    made = {subject.rsplit("/", 1)[0] for subject, _ in _made()}

    assert {f"{CODE}state-code", f"{CODE}party-code", f"{CODE}issuer"} <= made
    written = {iri for name in ontology.VOCABULARY for iri in described(name)}
    assert {subject for subject, _ in _made()} & written == set()
