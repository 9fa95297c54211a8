"""Settings from the environment (`CANCU_…`), read once by the command line or the server.

docs/server.md has them all in a table; a test holds it against this module.
"""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import UsageProblemError

LogLevel = Literal["debug", "info", "warning", "error"]


def _place(value: object) -> object:
    """Keep an address as text: as a path it would lose one of its slashes."""
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return _address(value)
    return Path(value) if isinstance(value, str) else value


def _address(value: str | None) -> str | None:
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = "no http(s) address"
        raise ValueError(message)
    return value.rstrip("/")


class Settings(BaseSettings):
    """What can be set from outside.

    Attributes:
        store: folder of the store, or the http(s) address of a SPARQL server that holds it.
        store_user: as whom a SPARQL server elsewhere is asked.
        store_password: with which password.
        keep_releases: how many releases a load leaves in the store.
        largest_file: bytes of the largest file that `load` takes: shapes over a text of tens of
            megabytes take many minutes and gigabytes.
        host: address to serve on.
        port: port to serve on; 0 for any that is free.
        workers: processes that serve.
        query_workers: processes that run queries, for each that serves; 0 for as many as there
            are cores, shared out.
        clerks: whether connections that ask many short questions are lent to clerks; there are as
            many as query workers.
        query_seconds: time limit of a query; a request can lower it.
        query_memory: bytes that a query may take.
        answer_bytes: bytes that an answer may have.
        waiting: how many queries may wait for a worker.
        waiting_seconds: how long one may wait.
        largest_body: bytes of the largest request body.
        body_seconds: time for the body of a request to come.
        stall_seconds: time for which a client may leave an answer unread.
        grace_seconds: time for answers under way when the server is told to end.
        cache_bytes: bytes of answers kept by each serving process; 0 for none.
        trusted_proxies: addresses whose X-Forwarded-For is believed, with commas between.
        public_url: address under which the world sees the server; None to go by the request.
        graphql_cost: values that one request at /graphql may ask for, counted before it runs.
        graphql_documents: folder of trusted documents (*.graphql), known by their SHA-256.
        graphql_trusted_only: whether /graphql runs only those.
        cors_origins: origins whose pages may ask, with commas between; * for all.
        log_level: debug, info (a line for each request), warning or error.
    """

    model_config = SettingsConfigDict(env_prefix="CANCU_")

    store: Annotated[Path | str, BeforeValidator(_place)] = Path("var/store")
    store_user: str = ""
    store_password: SecretStr = SecretStr("")
    keep_releases: PositiveInt = 5
    largest_file: PositiveInt = 10_000_000
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    query_workers: Annotated[int, Field(ge=0, le=256)] = 0
    clerks: bool = True
    query_seconds: PositiveFloat = 30
    query_memory: PositiveInt = 1_000_000_000
    answer_bytes: PositiveInt = 1_000_000_000
    waiting: PositiveInt = 128
    waiting_seconds: PositiveFloat = 10
    largest_body: PositiveInt = 1_000_000
    body_seconds: PositiveFloat = 10
    stall_seconds: PositiveFloat = 30
    grace_seconds: NonNegativeFloat = 20
    cache_bytes: NonNegativeInt = 64_000_000
    trusted_proxies: str = ""
    public_url: Annotated[str | None, BeforeValidator(_address)] = None
    graphql_cost: PositiveInt = 100_000
    graphql_documents: Path | None = None
    graphql_trusted_only: bool = False
    cors_origins: str = "*"
    log_level: LogLevel = "info"

    @property
    def folder(self) -> Path:
        """The folder of the store.

        Raises:
            UsageProblemError: the store is elsewhere.
        """
        if isinstance(self.store, str):
            message = "this command needs a store on this machine; CANCU_STORE is an address"
            raise UsageProblemError(message)
        return self.store

    @property
    def workers_for_queries(self) -> int:
        """How many processes run queries for each process that serves."""
        cores = len(os.sched_getaffinity(0))
        return self.query_workers or max(1, cores // self.workers)


def listed(text: str) -> frozenset[str]:
    """Return the words of a setting that has commas between them."""
    return frozenset(word.strip() for word in text.split(",") if word.strip())
