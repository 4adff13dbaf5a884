"""Settings of the gateway's processes, from ``ONEWINDOW_*``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from onewindow_kit.settings import Settings
from pydantic import Field, field_validator
from pydantic_settings import NoDecode

EMBEDDED = {
    "identity": "http://127.0.0.1:8701",
    "housing": "http://127.0.0.1:8702",
    "transport": "http://127.0.0.1:8703",
    "oversight": "http://127.0.0.1:8709",
}


class GatewaySettings(Settings):
    """Of API, projector and recorder; each reads what it needs. The text below each is what docs/settings.md says of it."""

    view: Path = Path(".onewindow/view")
    """Folder of the view store (LMDB, sealed); API and projector of one node share it."""
    department_urls: Annotated[dict[str, str], NoDecode] = Field(default_factory=lambda: dict(EMBEDDED))
    """JSON, department to the base URL of its API: where citizens' commands go."""
    workers: int = Field(1, ge=1, le=64)
    """Processes that serve the API on one port."""
    cors_origins: Annotated[list[str], NoDecode] = Field(default_factory=list)
    """Exact origins of front-ends, separated by commas; none may call from a browser when empty."""
    rate_limit: float = Field(50, gt=0)
    """Requests a second for one client and person together, beyond which they get 429."""
    rate_burst: float = Field(200, ge=1)
    """Requests at once before that limit holds."""
    failure_limit: float = Field(5, gt=0)
    """Refused credentials a second for one address."""
    failure_burst: float = Field(50, ge=1)
    """Refused credentials at once before that limit holds."""
    department_timeout: float = Field(10, gt=0)
    """Seconds that a relayed command waits for its department."""
    heartbeat: float = Field(15, gt=0)
    """Seconds between two comments on a quiet stream of changes."""
    record: str | None = None
    """The access record's database, `postgresql+asyncpg://USER:PASSWORD@HOST:PORT/NAME`: the recorder's own; of the API a
    role that may only select there. Without it nobody is shown their access entries."""
    witness_url: str | None = None
    """Where the witness takes checkpoints of the access record; nobody cosigns them when empty."""
    canaries: Path | None = None
    """File of people who do not exist, as keyed hashes: any look at one raises an alarm. `./onewindow canary` writes it."""
    alarm_repeat: int = Field(10, ge=2)
    """Looks by one acting person at one person in a legal day that raise an alarm."""
    alarm_failed: int = Field(10, ge=2)
    """Distinct look-ups by one acting person in a clock hour that find nobody and raise an alarm."""
    alarm_near: int = Field(5, ge=2)
    """Distinct look-ups in a clock hour of numbers that differ in their last places only, and raise an alarm."""

    @field_validator("department_urls", mode="before")
    @classmethod
    def _read_urls(cls, value: object) -> object:
        return json.loads(value) if isinstance(value, str) else value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("cors_origins")
    @classmethod
    def _no_wildcard(cls, value: list[str]) -> list[str]:
        for origin in value:
            if not origin.startswith(("http://", "https://")) or "*" in origin or origin.endswith("/"):
                raise ValueError(f"{origin!r} is not an exact origin such as https://app.example.org")
        return value

    @field_validator("department_urls")
    @classmethod
    def _no_trailing_slash(cls, value: dict[str, str]) -> dict[str, str]:
        return {department: url.rstrip("/") for department, url in value.items()}
