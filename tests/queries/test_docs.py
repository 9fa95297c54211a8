import subprocess
import sys
from pathlib import Path

from queries.catalogue import named_queries, page

DOCS = Path(__file__).parents[2] / "docs/queries.md"


def test_the_page_is_that_of_the_questions_there_are() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "python -m queries > docs/queries.md"


def test_the_page_lists_every_question_under_its_user() -> None:
    of_user = page().split("\n## For ")[1:]

    for query in named_queries():
        (section,) = [part for part in of_user if f"### {query.name}\n" in part]
        assert section.startswith(f"{query.audience}s\n")
        assert query.summary in section
        for parameter in query.parameters:
            assert f"- `{parameter.name}` ({parameter.kind}, by default `" in section


def test_the_page_is_written_by_the_package() -> None:
    written = subprocess.run([sys.executable, "-m", "queries"], capture_output=True, check=True)

    assert written.stdout.decode() == page()


def test_each_user_has_a_good_share_of_the_questions() -> None:
    audiences = [query.audience for query in named_queries()]

    assert len(audiences) >= 40
    assert min(audiences.count(audience) for audience in set(audiences)) >= 10
