"""Settings from the environment (`CANCU_…`), read once by the command line."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set from outside.

    Attributes:
        store: folder of the store (`CANCU_STORE`).
        keep_releases: how many releases a load leaves in the store (`CANCU_KEEP_RELEASES`).
    """

    model_config = SettingsConfigDict(env_prefix="CANCU_")

    store: Path = Path("var/store")
    keep_releases: int = 5
