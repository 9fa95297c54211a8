"""The parameters of a named question as fields of a form, and what is wrong with their values."""

from collections.abc import Mapping
from dataclasses import dataclass

from queries.catalogue import NamedQuery, Parameter, ParameterError, bind

# What each kind of value is typed into.
_INPUTS = {"string": "text", "integer": "number", "date": "date", "iri": "url"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes:
        parameter: what it sets.
        value: what stands in it.
        error: why that is no value for it; "" if it is one.
    """

    parameter: Parameter
    value: str
    error: str = ""

    @property
    def input_type(self) -> str:
        """The type of its HTML input; a wrong value stays as typed, which only text allows."""
        return "text" if self.error else _INPUTS[self.parameter.kind]


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a question, and the names given that are none of them."""

    fields: tuple[Field, ...]
    unknown: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        """Whether the question can be asked."""
        return not self.unknown and not any(field.error for field in self.fields)


def fill(query: NamedQuery, values: Mapping[str, str]) -> Form:
    """Return the form of a question with the values given, defaults elsewhere."""
    known = {parameter.name for parameter in query.parameters}
    return Form(
        fields=tuple(_field(query, parameter, values) for parameter in query.parameters),
        unknown=tuple(name for name in values if name not in known),
    )


def _field(query: NamedQuery, parameter: Parameter, values: Mapping[str, str]) -> Field:
    if parameter.name not in values:
        return Field(parameter, parameter.default)
    value = values[parameter.name]
    try:
        bind(query, {parameter.name: value})
    except ParameterError as error:
        return Field(parameter, value, str(error))
    return Field(parameter, value)
