"""docs/server.md lists what there is: every setting with its default, every kind of problem."""

import re
from pathlib import Path

from pydantic import SecretStr

from api.problems import KINDS
from api.settings import Settings

DOCS = (Path(__file__).parents[3] / "docs" / "server.md").read_text(encoding="utf-8")


def test_every_setting_is_listed_with_its_default() -> None:
    listed = dict(re.findall(r"^\| `CANCU_(\w+)` \| *`?([^|`]*?)`? *\|", DOCS, re.MULTILINE))

    fields = Settings.model_fields
    assert list(listed) == [name.upper() for name in fields]
    for name, field in fields.items():
        assert listed[name.upper()] == _shown(field.default)


def _shown(default: object) -> str:
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return "" if default is None else str(default)


def test_every_kind_of_problem_is_listed_with_its_status() -> None:
    listed = {
        kind: int(status)
        for kind, status in re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", DOCS, re.MULTILINE)
    }

    assert listed == {name: kind.status for name, kind in KINDS.items()}
