"""A plan of a few lines, written and annotated at once, for tests that need no more."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from graph.plan import Loadable
from loaders.citing.citations import Citation
from loaders.citing.resolve import Instrument
from loaders.document import Evidence, SourceDocument, Span, Stated
from loaders.facts import Facts
from loaders.structure.head import Head
from loaders.structure.sections import Section
from loaders.structure.tasks import Assignment, Task
from loaders.timing.deadlines import Deadline

LAI_CHAU = "Ủy ban nhân dân tỉnh Lai Châu"
CITED = "Nghị quyết số 57-NQ/TW"
DEADLINE = "trước ngày 30/6/2025"
DRAFT = "Xây dựng đề án"


def plan(
    *tasks: str,
    name: str = "plan.txt",
    number: str | None = "12/KH-UBND",
    issuer: str | None = LAI_CHAU,
    lead: str = "Sở Tài chính",
    deadline: str = "2025-06-30",
) -> Loadable:
    """Return a plan with the given tasks under section I.

    A task that ends with the words of `DEADLINE` has that deadline; each is led by `lead`.
    """
    lines = [f"{issuer}, số {number}", f"Kế hoạch thực hiện {CITED}", "I. Nhiệm vụ"]
    text = "\n\n".join([*lines, *(f"- {task}" for task in tasks)]) + "\n"
    data = text.encode()
    document = SourceDocument(name, hashlib.sha256(data).hexdigest(), text)
    cited = _citation(text)
    facts = Facts(
        document=document,
        head=Head(
            doc_type=_stated(text, "plan", "Kế hoạch"),
            number=_stated(text, number, number) if number else None,
            series=_stated(text, "KH-UBND", "số"),
            issued=_stated(text, "2025", "số"),
            issuer=_stated(text, issuer, issuer) if issuer else None,
            title=_stated(text, f"Kế hoạch thực hiện {CITED}", "Kế hoạch"),
            implements=(Stated(cited.key, cited.evidence),),
        ),
        sections=(_section(text),),
        citations=(cited,),
        instruments=(_instrument(cited),),
        tasks=tuple(_tasks(text, tasks, lead, deadline)),
        indicators=(),
        agencies=(),
        gaps=(),
    )
    return Loadable(facts, data)


def renamed(loadable: Loadable, name: str) -> Loadable:
    """Return the same document under another file name."""
    document = replace(loadable.facts.document, name=name)
    return replace(loadable, facts=replace(loadable.facts, document=document))


def evidence(text: str, words: str) -> Evidence:
    """Return evidence of the first place where a text has the words."""
    start = text.index(words)
    return Evidence(Span(start, start + len(words)), "TEST-001", 0.9)


def _stated(text: str, value: str, words: str) -> Stated[str]:
    return Stated(value, evidence(text, words))


def _section(text: str) -> Section:
    heading = evidence(text, "I. Nhiệm vụ")
    return Section("I", "Nhiệm vụ", 1, heading, heading.span.start, len(text))


def _citation(text: str) -> Citation:
    return Citation(
        evidence(text, CITED),
        "57-NQ/TW",
        "Nghị quyết",
        "57-NQ/TW",
        issued="2024-12-22",
        kind="implements",
    )


def _instrument(cited: Citation) -> Instrument:
    return Instrument(
        cited.key, cited.type, cited.number, cited.issued, "Bộ Chính trị", None, citations=(0,)
    )


def _tasks(text: str, tasks: Sequence[str], lead: str, deadline: str) -> list[Task]:
    made = []
    for words in tasks:
        own = evidence(text, words)
        end = own.span.end
        due = Evidence(Span(end - len(DEADLINE), end), "TEST-002", 0.8)
        made.append(
            Task(
                kind="task",
                section="I",
                label=None,
                evidence=own,
                assignments=(Assignment("lead", lead, own),),
                deadlines=(Deadline(due, deadline),) if words.endswith(DEADLINE) else (),
            )
        )
    return made
