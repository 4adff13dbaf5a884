"""Settings of a process: environment variables ``ONEWINDOW_*`` and nothing else (twelve-factor)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """What every process knows: which instance it belongs to, where its neighbours are, where it listens.

    ``host`` may be any address; ``issuer`` is compared exactly with a token's ``iss``; ``issuer_url`` is where the
    issuer is reached when that differs (a network behind a proxy).
    """

    model_config = SettingsConfigDict(env_prefix="ONEWINDOW_", extra="ignore")

    instance: str = Field("demo", pattern=r"^[a-z][a-z0-9-]{0,30}$")
    level: Literal["city", "province", "nation"] = "city"
    parent: str | None = None
    time_zone: str = "Asia/Shanghai"

    contracts: Annotated[list[Path], NoDecode] = []
    keyring: Path = Path(".onewindow/keys/holder.json")
    kafka: str = "127.0.0.1:8720"
    topic_prefix: str = Field("", pattern=r"^([a-zA-Z0-9._-]+)?$")

    host: str = "127.0.0.1"
    port: int = Field(8700, ge=0, le=65535)
    ops_port: int = Field(8710, ge=0, le=65535)
    body_limit: int = Field(1_000_000, gt=0)

    issuer: str = "http://127.0.0.1:8701"
    issuer_url: str | None = None
    identity_url: str = "http://127.0.0.1:8701"

    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("contracts", mode="before")
    @classmethod
    def _split_folders(cls, value: object) -> object:
        return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


class ServiceSettings(Settings):
    """A department's: its own database besides."""

    database: str = "postgresql+asyncpg://127.0.0.1:8730/onewindow"
    database_pool: int = Field(10, ge=1)
