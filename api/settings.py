"""Settings from the environment (`CANCU_…`), read once by the command line."""

from pathlib import Path

from pydantic import PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set from outside.

    Attributes:
        store: folder of the store (`CANCU_STORE`).
        keep_releases: how many releases a load leaves in the store (`CANCU_KEEP_RELEASES`).
        largest_file: bytes of the largest file that `load` takes (`CANCU_LARGEST_FILE`): shapes
            over a text of tens of megabytes take many minutes and gigabytes.
    """

    model_config = SettingsConfigDict(env_prefix="CANCU_")

    store: Path = Path("var/store")
    keep_releases: PositiveInt = 5
    largest_file: PositiveInt = 10_000_000
