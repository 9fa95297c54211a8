"""Operations to begin with: GraphiQL offers them, the documentation names them, a test runs each.

Each is a file of examples/ that opens with its title in both languages:

    # vi: Nhiệm vụ của một kế hoạch
    # en: A plan's tasks
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "examples"
_FORM = re.compile(r"# vi: (?P<vi>.+)\n# en: (?P<en>.+)\n(?P<text>query .+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """An operation to begin with.

    Attributes:
        name: of its file, without suffix.
        title: in each language of the pages.
        text: of the operation.
    """

    name: str
    title: dict[str, str]
    text: str


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Return all examples by their names.

    Raises:
        ValueError: a file lacks its titles; a test keeps this from ever being seen.
    """
    return tuple(_read(path) for path in sorted(_FOLDER.glob("*.graphql")))


def _read(path: Path) -> Example:
    found = _FORM.fullmatch(path.read_text(encoding="utf-8"))
    if found is None:
        message = f"{path.name} does not open with its titles"
        raise ValueError(message)
    return Example(path.stem, {"vi": found["vi"], "en": found["en"]}, found["text"])
