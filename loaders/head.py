"""The head and foot of a document: type, number, place, date, issuer, title, signer, recipients."""

from dataclasses import dataclass

from loaders.document import Stated


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, and in what capacity ("TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH")."""

    name: str
    capacity: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself; a field that the text does not state is None or empty.

    Attributes:
        doc_type: code of the document type: "plan", "resolution", "decision" …
        number: its own number ("44/KH-UBND"); None when it is left blank ("Số: /KH-UBND").
        series: the part of the number behind the running number ("KH-UBND").
        issued: the date as precise as the source is.
        place: where it was issued, as in "Hưng Yên, ngày …".
        issuer: canonical name of the issuing body, with its province.
        title: one line, without markup.
        implements: keys of the instruments that title and preamble say it carries out.
        legal_basis: keys of the instruments that stand after "Căn cứ".
        appendices: the annexes that the text announces.
        recipients: the lines under "Nơi nhận".
    """

    doc_type: Stated[str] | None = None
    number: Stated[str] | None = None
    series: Stated[str] | None = None
    issued: Stated[str] | None = None
    place: Stated[str] | None = None
    issuer: Stated[str] | None = None
    title: Stated[str] | None = None
    signer: Stated[Signer] | None = None
    implements: tuple[Stated[str], ...] = ()
    legal_basis: tuple[Stated[str], ...] = ()
    appendices: tuple[Stated[str], ...] = ()
    recipients: tuple[Stated[str], ...] = ()
