"""Words that the reader itself chooses from; those of the vocabulary are in `codes`."""

from collections.abc import Mapping

from graph.reader.codes import code_lists

ENUMERATIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "BasisLink": (
        "How something rests on an instrument.",
        {code.name: code.definitions.get("en", "") for code in code_lists()["CitationKind"].codes}
        | {
            "STEP_OF": "The task is a step of the plan.",
            "HELD_AS": "The instrument's text is held under the other name, by a curated fact.",
            "POSSIBLY_SAME_AS": "Both descriptions may be of one instrument.",
        },
    ),
    "BasisStrength": (
        "How sure a step in a chain of legal bases is.",
        {
            "STATED": "Title or preamble say so.",
            "MENTIONED": "The task's own words mention the instrument.",
            "STRUCTURAL": "The task stands in the document.",
            "CURATED": "A person said so, with reason and source.",
            "POSSIBLE": "The mention is ambiguous, or the descriptions only fit each other.",
        },
    ),
    "BasisGapCode": (
        "Why a chain of legal bases ends or is doubtful.",
        {
            "NO_BASIS_STATED": "A held document names neither a basis nor what it carries out.",
            "NOT_HELD": "The text of the instrument is not held.",
            "TOO_DEEP": "The chain goes on beyond the depth that was asked for.",
            "INSTRUMENT_AMBIGUOUS": "A citation in the document fits several instruments.",
            "INSTRUMENT_UNRESOLVED": "A citation in it does not tell which instrument is meant.",
        },
    ),
}
