"""Indicators: quantified targets, a number with what it measures.

Every number of the body is read with its comparison and unit (`quantities`); which of them are
targets is decided in `indicator_choice`. Rules:

- IND-001 a share: "Tỷ lệ … đạt trên 80%", "100% cán bộ, công chức".
- IND-002 a number of things: "thu hút 1-2 tổ chức, doanh nghiệp", "12 người trên một vạn dân".
- IND-003 a rank: "thuộc nhóm 10 địa phương dẫn đầu".
- IND-004 a bare index: "chỉ số phát triển con người (HDI) duy trì trên 0,7".
- IND-005 growth by a factor: "gấp 2 lần".
- IND-006 money, lengths, speeds, durations, scores.
- IND-007 a thing that the lexicon of units does not hold, after "ít nhất", "tối thiểu".
- IND-008 a cell of a table of targets (`loaders.measuring.indicator_tables`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from loaders.citing.citations import Citation
from loaders.document import Evidence, Span
from loaders.measuring.indicator_choice import Surroundings, achieved, already, reports, rule_for
from loaders.measuring.indicator_listings import read_listing
from loaders.measuring.indicator_names import Passage, base_end, base_of, name_of, unit_name
from loaders.measuring.indicator_scenes import Scene, scenes
from loaders.measuring.indicator_tables import Row, counted, read_rows, row_unit
from loaders.measuring.indicator_years import timeline
from loaders.measuring.quantities import Quantity, find_quantities
from loaders.measuring.rankings import find_rankings
from loaders.structure.sections import Section
from loaders.text.folding import folded_text
from loaders.text.layout import Block, Layout

Comparator = Literal[">=", ">", "=", "<=", "<", "range"]

# Shares of the finds of each rule that were right on annotated documents, rounded down.
_CONFIDENCE = {
    "IND-001": 0.95,
    "IND-002": 0.85,
    "IND-003": 0.9,
    "IND-004": 0.85,
    "IND-005": 0.85,
    "IND-006": 0.75,
    "IND-007": 0.6,
    "IND-008": 0.85,
}
_REACH = 160  # characters before and behind a number that can speak for it or against it


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target.

    Attributes:
        evidence: the span from the comparator word to the end of unit and base.
        name: short Vietnamese name of what is measured, taken from the words before the number.
        comparator: ">=" for "ít nhất", ">" for "trên", "=" where nothing is said, "range" for two
            values.
        value, value_max: the number; `value_max` only for a range.
        unit: "%", "%/năm", "người/vạn dân", "dự án", "hạng" …; None for a bare index.
        base: what a percentage is of, where said.
        target_year: the year it is meant for, its own or its heading's.
        section: path of the section it stands in.
    """

    evidence: Evidence
    name: str
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None = None
    unit: str | None = None
    base: str | None = None
    target_year: int | None = None
    section: str | None = None


def find_indicators(
    layout: Layout, sections: Sequence[Section], citations: Sequence[Citation]
) -> list[Indicator]:
    """Find every quantified target of a document, in reading order."""
    folded = folded_text(layout)
    written = _written(citations)
    found: list[Indicator] = []
    for run in _runs(scenes(layout, folded, sections)):
        rows = _rows(layout, folded, [block for block, _ in run])
        if rows is not None:
            found.extend(_from_rows(layout, folded, rows, run[0][1], written))
            continue
        for block, scene in run:
            if block.kind != "footnote" and not scene.past:
                found.extend(_Paragraph(layout, folded, block, scene, written).indicators())
    return found


def _rows(layout: Layout, folded: str, run: Sequence[Block]) -> list[Row] | None:
    rows = read_rows(folded, run) if run[0].cell else None
    return rows or read_listing(layout.flat.text, folded, run[0].start, run[-1].end)


def _runs(blocks: Iterable[tuple[Block, Scene]]) -> Iterator[list[tuple[Block, Scene]]]:
    """Put the cells of one table together; every other block is a run of its own."""
    run: list[tuple[Block, Scene]] = []
    for block, scene in blocks:
        if run and not (block.cell and run[-1][0].cell):
            yield run
            run = []
        run.append((block, scene))
    if run:
        yield run


def _from_rows(
    layout: Layout, folded: str, rows: Sequence[Row], scene: Scene, written: int
) -> Iterator[Indicator]:
    """Yield the targets of a table, row by row."""
    text = layout.flat.text
    for row in rows:
        name = " ".join(text[slice(*row.name)].split())
        unit, base = row_unit(text[slice(*row.unit)] if row.unit else "", name)
        for cell, year in row.values:
            for indicator in _in_cell(
                layout, folded, cell, replace(scene, year=year or scene.year), written
            ):
                said = unit or indicator.unit or counted(text, folded, row.name)
                yield replace(indicator, name=name, unit=said, base=base or indicator.base)


def _in_cell(
    layout: Layout, folded: str, cell: tuple[int, int], scene: Scene, written: int
) -> Iterator[Indicator]:
    """Yield what a cell of values says: mostly one number, seldom one for each of some years."""
    block = Block(*cell, body=cell[0])
    several = [
        found
        for found in _Paragraph(
            layout, folded, block, replace(scene, goals=True), written
        ).indicators()
        if found.target_year != scene.year
    ]
    if several:
        yield from (replace(found, evidence=_in_table(found.evidence.span)) for found in several)
        return
    text = layout.flat.text
    numbers = find_quantities(text, folded, *cell, damaged=layout.damaged)
    quantity = next(find_rankings(folded, *cell), None) or next(numbers, None)
    if quantity and not (scene.year and scene.year < written):
        yield Indicator(
            _in_table(layout.flat.span(quantity.start, quantity.end)),
            "",
            quantity.comparator,
            quantity.value,
            quantity.value_max,
            quantity.unit.text if quantity.unit else None,
            None,
            scene.year,
            scene.section,
        )


def _in_table(span: Span) -> Evidence:
    return Evidence(span, "IND-008", _CONFIDENCE["IND-008"])


def _written(citations: Sequence[Citation]) -> int:
    """Return the year of the youngest document cited: no target is set for an earlier one."""
    years = [int(c.issued[:4]) for c in citations if c.issued and c.issued[:4].isdigit()]
    return max(years, default=0)


class _Paragraph:
    """One block in which targets are looked for."""

    def __init__(
        self, layout: Layout, folded: str, block: Block, scene: Scene, written: int
    ) -> None:
        self._layout, self._scene, self._written = layout, scene, written
        self._passage = Passage(layout.flat.text, folded, layout.damaged)
        self._start, self._end = block.body, block.end
        self._timeline = timeline(folded, block.body, block.end)

    def indicators(self) -> Iterator[Indicator]:
        """Yield the targets, in reading order."""
        done = first = self._start
        last: Indicator | None = None  # of the same sentence, as is `first`, where the first begins
        sentence = -1
        for quantity in self._quantities():
            if self._timeline.sentence(quantity.start) != sentence:
                sentence, last = self._timeline.sentence(quantity.start), None
            clause, ceiling = self._timeline.clause(quantity.start)
            scope = (max(clause, done), min(ceiling, self._end))
            rule = self._rule(quantity, scope, listed=last is not None and clause <= done)
            opening = first if last else quantity.start
            if not rule:
                continue
            end = base_end(self._passage, quantity)
            year = self._timeline.year_of(quantity.start, end, opening)
            if year and year < self._written:
                continue
            done, first = end, opening
            inherited = last.name if last else None
            last = self._indicator(quantity, rule, scope, year or self._scene.year, inherited)
            yield last

    def _quantities(self) -> list[Quantity]:
        """List ranks and numbers; a number inside a rank is not counted again."""
        passage, start, end = self._passage, self._start, self._end
        ranks = list(find_rankings(passage.folded, start, end))
        taken = {rank.number for rank in ranks}
        numbers = find_quantities(passage.text, passage.folded, start, end, damaged=passage.damaged)
        rest = [quantity for quantity in numbers if quantity.number not in taken]
        return sorted([*ranks, *rest], key=lambda quantity: quantity.number)

    def _rule(self, quantity: Quantity, scope: tuple[int, int], *, listed: bool) -> str | None:
        begin = max(scope[0], quantity.lead - _REACH)
        if quantity.unit and quantity.unit.text == "hạng":
            return None if self._looks_back(quantity, begin) else "IND-003"
        passage = self._passage
        place = Surroundings(
            goals=self._scene.goals,
            before=passage.folded[begin : quantity.lead],
            behind=passage.folded[quantity.end : min(scope[1], quantity.end + _REACH)],
            listed=listed,
        )
        rule = rule_for(quantity, place)
        return None if rule is None or self._looks_back(quantity, begin) else rule

    def _looks_back(self, quantity: Quantity, begin: int) -> bool:
        """Tell whether the words before a quantity, its sentence or its clause report results."""
        passage, end = self._passage, quantity.number
        if already(passage.words[begin : quantity.lead], quantity.cues):
            return True
        if passage.damaged:
            return False
        start, goals = self._timeline.sentence(quantity.start), self._scene.goals
        if reports(passage.text[start : min(end, start + _REACH)], goals=goals):
            return True
        clause = max(self._timeline.clause(quantity.start)[0], end - _REACH)
        return not goals and not quantity.explicit and achieved(passage.text[clause:end])

    def _indicator(
        self,
        quantity: Quantity,
        rule: str,
        scope: tuple[int, int],
        year: int | None,
        inherited: str | None,
    ) -> Indicator:
        passage = self._passage
        end = base_end(passage, quantity)
        return Indicator(
            Evidence(self._layout.flat.span(quantity.start, end), rule, _CONFIDENCE[rule]),
            name_of(passage, scope[0], quantity, scope[1], inherited),
            quantity.comparator,
            quantity.value,
            quantity.value_max,
            unit_name(passage, quantity, scope[0], thing=rule == "IND-007"),
            base_of(passage, quantity, end),
            year,
            self._scene.section,
        )
