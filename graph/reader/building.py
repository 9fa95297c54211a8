"""Short ways to write fields and kinds down."""

from graph.reader.model import Field, Form, Interface, Kind, expand

Fields = dict[str, Field]


def text(name: str, path: str, about: str, *, required: bool = False, many: bool = False) -> Field:
    """Words as they stand in the graph."""
    return Field(name, Form.TEXT, (path,), about, required=required, many=many)


def integer(name: str, path: str, about: str, *, required: bool = False) -> Field:
    """Describe a whole number."""
    return Field(name, Form.INTEGER, (path,), about, required=required)


def number(name: str, path: str, about: str, *, required: bool = False) -> Field:
    """Describe a number."""
    return Field(name, Form.NUMBER, (path,), about, required=required)


def boolean(name: str, path: str, about: str) -> Field:
    """Yes or no; always said."""
    return Field(name, Form.BOOLEAN, (path,), about, required=True)


def date(name: str, path: str, about: str) -> Field:
    """Describe a day."""
    return Field(name, Form.DATE, (path,), about)


def partial_date(name: str, about: str, *paths: str) -> Field:
    """Describe a date as precise as the source: a year, a month or a day."""
    return Field(name, Form.PARTIAL_DATE, paths, about)


def iri(name: str, path: str, about: str) -> Field:
    """Describe an address that is not a thing of this graph."""
    return Field(name, Form.IRI, (path,), about)


def label(name: str, path: str, about: str, *, many: bool = False) -> Field:
    """Words in Vietnamese and often in English."""
    return Field(name, Form.LABEL, (path,), about, many=many)


def code(name: str, of: str, about: str, *paths: str, required: bool = False) -> tuple[Field, ...]:
    """Describe a code of a closed list, and its label."""
    labelled = f"Label of `{name}` in a language."
    return (
        Field(name, Form.CODE, paths, about, of=of, required=required),
        Field(f"{name}_label", Form.CODE_LABEL, paths, labelled, of=of),
    )


def thing(name: str, of: str, path: str, about: str, *, required: bool = False) -> Field:
    """One other thing."""
    return Field(name, Form.OBJECT, (path,), about, of=of, required=required)


def things(  # noqa: PLR0913 - the table of fields reads best with all of them in one line
    name: str, of: str, path: str, about: str, *, order: str = "", usual: int = 3
) -> Field:
    """Describe a short list of other things."""
    return Field(
        name, Form.OBJECT, (path,), about, of=of, many=True, required=True, order=order, usual=usual
    )


def pages(name: str, of: str, path: str, about: str, *, order: str = "") -> Field:
    """Describe a list of other things that may be long, in pages."""
    return Field(
        name,
        Form.OBJECT,
        (path,),
        about,
        of=of,
        many=True,
        required=True,
        paged=True,
        order=order,
    )


def special(name: str, of: str, about: str) -> Field:
    """Describe a thing that is found by a function of its own."""
    return Field(name, Form.SPECIAL, (), about, of=of, required=True)


def interface(
    name: str, about: str, *fields: Field | tuple[Field, ...], keeps: tuple[Interface, ...] = ()
) -> Interface:
    """Describe what several kinds have in common."""
    return Interface(name, about, _all(fields, keeps), _names(keeps))


def kind(
    name: str,
    classes: str,
    about: str,
    *fields: Field | tuple[Field, ...],
    keeps: tuple[Interface, ...] = (),
) -> Kind:
    """Describe a kind of thing.

    Args:
        name: of the kind.
        classes: prefixed names of the classes, with a blank between them.
        about: one sentence or two.
        fields: its own; a code comes with its label.
        keeps: the interfaces that it keeps, whose fields it has too.
    """
    named = tuple(expand(one) for one in classes.split())
    return Kind(name, named, about, _all(fields, keeps), _names(keeps))


def _names(keeps: tuple[Interface, ...]) -> tuple[str, ...]:
    names = [name for one in keeps for name in (one.name, *one.interfaces)]
    return tuple(dict.fromkeys(names))


def _all(fields: tuple[Field | tuple[Field, ...], ...], keeps: tuple[Interface, ...]) -> Fields:
    flat: Fields = {}
    for one in keeps:
        flat |= one.fields
    for field in fields:
        flat |= {f.name: f for f in (field if isinstance(field, tuple) else (field,))}
    return flat
