"""All that one document was found to say."""

from dataclasses import dataclass

from loaders.agencies import AgencyMention
from loaders.citations import Citation
from loaders.document import Gap, SourceDocument
from loaders.head import Head
from loaders.indicators import Indicator
from loaders.resolve import Instrument
from loaders.sections import Section
from loaders.tasks import Task


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
