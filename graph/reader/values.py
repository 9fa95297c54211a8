"""From what an ask keeps to the value of a field: numbers, truth values, codes, labels."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from graph.reader.codes import code_lists
from graph.reader.model import Field, Form

Value = Any  # a text, number, truth value or list of texts
Convert = Callable[[Any], Value]
_VERIFIED = frozenset({"CONFIRMED", "CORRECTED"})
_OTHER = {"vi": "en", "en": "vi"}


def converter(one: Field, language: str = "vi") -> Convert | None:
    """Return what makes the value of a field of what its ask keeps; None if nothing is to do.

    What it makes of a code that the list does not know is None.
    """
    if one.form is Form.LABEL:
        return _labels(language) if one.many else _label(language)
    if one.form is Form.CODE:
        return _names(one.of).get
    if one.form is Form.CODE_LABEL:
        return _code_labels(one.of, language).get
    return _BY_FORM.get(one.form)


def value_of(one: Field, kept: object, language: str = "vi") -> Value:
    """Return the value of a field, given what its ask keeps of a node."""
    if kept is None:
        return [] if one.many else None
    convert = converter(one, language)
    return convert(kept) if convert else kept


@cache
def _names(code_list: str) -> Mapping[str, str]:
    return {code.iri: code.name for code in code_lists()[code_list].codes}


@cache
def _code_labels(code_list: str, language: str) -> Mapping[str, str]:
    return {
        code.iri: code.labels.get(language) or code.labels[_OTHER[language]]
        for code in code_lists()[code_list].codes
    }


@cache
def _label(language: str) -> Convert:
    other = _OTHER[language]

    def first(labels: Mapping[str, Mapping[str, None]]) -> str:
        words = labels.get(language) or labels.get(other) or next(iter(labels.values()))
        return next(iter(words))

    return first


@cache
def _labels(language: str) -> Convert:
    def every(labels: Mapping[str, Mapping[str, None]]) -> list[str]:
        return list(labels.get(language, ()))

    return every


def _is_verified(iri: str) -> bool:
    return _names("ReviewStatus").get(iri) in _VERIFIED


_BY_FORM: Mapping[Form, Convert] = {
    Form.INTEGER: int,
    Form.NUMBER: float,
    Form.BOOLEAN: "true".__eq__,
    Form.VERIFIED: _is_verified,
}
