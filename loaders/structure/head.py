"""The head and foot of a document: type, number, place, date, issuer, title, signer, recipients."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.citing.citations import Citation
from loaders.citing.issuers import issuer_at
from loaders.document import Evidence, Gap, Stated
from loaders.provinces import Province, find_province, most_named_province
from loaders.structure.annexes import find_annexes, missing_annexes
from loaders.structure.closing import acts_for, closing_range
from loaders.structure.dateline import find_dateline, read_date
from loaders.structure.grounds import find_implements, find_legal_basis
from loaders.structure.labels import find_labels
from loaders.structure.letterhead import (
    find_number,
    find_organ,
    find_type,
    find_type_line,
    head_blocks,
    read_number,
)
from loaders.structure.page_titles import titled_date, titled_organ
from loaders.structure.preamble import (
    Opening,
    acting_organ,
    find_opening,
    stated_title,
)
from loaders.structure.signature import Signer, find_recipients, find_signer, read_signer
from loaders.text.layout import Layout
from loaders.text.reading import fold

_READ_FOR_PROVINCE = 200_000
__all__ = ["Head", "Signer", "find_head", "head_gaps"]


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


def find_head(layout: Layout, citations: Sequence[Citation]) -> Head:
    """Find what a document says of itself.

    Args:
        layout: the whole text.
        citations: those found in it; keys of `implements` and `legal_basis` are theirs.
    """
    type_line = find_type_line(layout)
    blocks = head_blocks(layout, type_line)
    labels = find_labels(layout)
    own = find_number(layout, blocks)
    if not (own.number or own.series) and "number" in labels:
        own = read_number(layout, *labels["number"])
    dateline = find_dateline(layout, blocks)
    issued = dateline.issued
    if not (issued or dateline.blank):
        labelled = read_date(layout, *labels["issued"]) if "issued" in labels else None
        issued = labelled or titled_date(layout)
    opening = find_opening(layout, type_line)
    return Head(
        doc_type=find_type(layout, type_line, own),
        number=own.number,
        series=own.series,
        issued=issued,
        place=dateline.place,
        issuer=_issuer(layout, find_organ(layout, blocks), opening, dateline.place),
        title=stated_title(layout, opening.title or labels.get("title")),
        signer=find_signer(layout) or _labelled_signer(layout, labels),
        implements=find_implements(layout, opening, type_line, citations),
        legal_basis=find_legal_basis(layout, opening, citations),
        appendices=find_annexes(layout),
        recipients=find_recipients(layout),
    )


def _labelled_signer(layout: Layout, labels: dict[str, tuple[int, int]]) -> Stated[Signer] | None:
    return read_signer(layout, *labels["signer"]) if "signer" in labels else None


def _issuer(
    layout: Layout,
    letterhead: Stated[str] | None,
    opening: Opening,
    place: Stated[str] | None,
) -> Stated[str] | None:
    """Return the issuing body with its province.

    The preamble names it most exactly ("Ban Thường vụ Tỉnh ủy ban hành"), then the letterhead,
    then the line that says for whom is signed.
    """
    signed = _signed_for(layout)
    acting = acting_organ(layout, opening)
    organ = letterhead or acting or signed or titled_organ(layout)
    if letterhead and _is_party(letterhead.value):
        # The committee's letterhead stands over what its standing committee issues.
        organ = next((o for o in (acting, signed) if o and _is_party(o.value)), letterhead)
    if organ is None:
        return None
    province = find_province(place.value) if place else None
    province = province or most_named_province(layout.flat.text[:_READ_FOR_PROVINCE])
    return Stated(_with_province(organ.value, province), organ.evidence)


def _signed_for(layout: Layout) -> Stated[str] | None:
    """Return the organ for which the document is signed: "TM. ỦY BAN NHÂN DÂN"."""
    closing = closing_range(layout)
    for block in layout.blocks[closing.start : closing.stop]:
        text = layout.flat.text[block.start : block.end]
        if not acts_for(text):
            continue
        folded = fold(text)
        for place in range(2, min(len(text), 6)):
            organ = issuer_at(text, folded, place, damaged=layout.damaged)
            if organ and organ.known:
                span = layout.flat.span(block.start + place, block.start + organ.end)
                return Stated(organ.name, Evidence(span, "HED-014", 0.8))
    return None


def _is_party(organ: str) -> bool:
    return organ.startswith(
        ("Tỉnh ủy", "Thành ủy", "Ban Thường vụ", "Ban Chấp hành", "Bộ Chính trị", "Ban Bí thư")
    )


def _with_province(organ: str, province: Province | None) -> str:
    """Complete the name of a province's organ: "Ủy ban nhân dân tỉnh" of "Hậu Giang"."""
    if province is None or fold(province.name) in fold(organ):
        return organ
    committee = "Thành ủy" if province.kind == "thành phố" else "Tỉnh ủy"
    if organ == "Ban Thường vụ":
        return f"{organ} {committee} {province.name}"
    if organ.endswith((" tỉnh", "Tỉnh ủy", "Thành ủy")):
        return f"{organ} {province.name}"
    if organ.lower().endswith(" thành phố") and province.kind == "thành phố":
        return f"{organ[: -len(' thành phố')]} {province.full_name}"
    bare = organ in {"Ủy ban nhân dân", "Hội đồng nhân dân", "Ban Chấp hành Đảng bộ"}
    if bare or organ.startswith("Sở "):
        return f"{organ} {province.full_name}"
    return organ


def head_gaps(head: Head, layout: Layout) -> list[Gap]:
    """Name what the head of a document lacks, and why."""
    return [*_number_gaps(head), *_date_gaps(head), *_field_gaps(head), *_annex_gaps(head, layout)]


def _number_gaps(head: Head) -> Iterator[Gap]:
    if head.number is None and head.series:
        message = f'The document\'s own number is left blank before "{head.series.value}".'
        yield Gap("number-blank", message, head.series.evidence.span)
    elif head.number is None:
        yield Gap("number-missing", "The text does not give the document's own number.")


def _date_gaps(head: Head) -> Iterator[Gap]:
    if head.issued is None:
        yield Gap("date-missing", "The text does not say when the document was issued.")
    elif len(head.issued.value) < len("2025-01-31"):
        message = f"The date of issue is filled in only as far as {head.issued.value}."
        yield Gap("date-incomplete", message, head.issued.evidence.span)


def _field_gaps(head: Head) -> Iterator[Gap]:
    fields = {
        "type-missing": (head.doc_type, "No line names the type of the document."),
        "title-missing": (head.title, "No title was found."),
        "issuer-missing": (head.issuer, "The text does not say who issued the document."),
        "signer-missing": (head.signer, "No name of a signer was found."),
    }
    for code, (value, message) in fields.items():
        if value is None:
            yield Gap(code, message)


def _annex_gaps(head: Head, layout: Layout) -> Iterator[Gap]:
    for annex in missing_annexes(layout, head.appendices):
        message = f'"{annex.value}" is announced, but the text does not contain it.'
        yield Gap("appendix-not-held", message, annex.evidence.span)
