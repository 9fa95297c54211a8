"""Certain documents without a number: gaps, not citations."""

import pytest

from loaders.citing.unnumbered import find_unnumbered
from loaders.text.layout import lay_out_line
from tests.marking import unmark


@pytest.mark.parametrize(
    "marked",
    [
        "theo ⟦Chương trình hành động của Tỉnh ủy⟧ và ⟦Kết luận của Bộ Chính trị⟧.",
        "⟦Nghị quyết Đại hội⟧ Đảng bộ tỉnh",
        # The number follows behind the issuer: that is a citation.
        "Quyết định của Thủ tướng Chính phủ số 5/QĐ-TTg",
        # No certain document: the plural, the pointer, a common noun.
        "các Kế hoạch của UBND tỉnh; Kế hoạch này; kế hoạch của UBND tỉnh; Kế hoạch của dân",
    ],
)
def test_find_unnumbered(marked: str) -> None:
    text, spans = unmark(marked)

    gaps = find_unnumbered(lay_out_line(text))

    assert [(gap.span.start, gap.span.end) for gap in gaps if gap.span] == spans
    assert {gap.code for gap in gaps} <= {"unnumbered-mention"}
