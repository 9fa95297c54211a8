"""All that one document was found to say."""

from dataclasses import dataclass

from loaders.citing.citations import Citation
from loaders.citing.resolve import Instrument
from loaders.document import Gap, SourceDocument
from loaders.measuring.indicators import Indicator
from loaders.organs.agencies import AgencyMention
from loaders.structure.head import Head
from loaders.structure.sections import Section
from loaders.structure.tasks import Task


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document, each list in reading order; `gaps` says what is missing."""

    document: SourceDocument
    head: Head
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    instruments: tuple[Instrument, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    agencies: tuple[AgencyMention, ...]
    gaps: tuple[Gap, ...]
