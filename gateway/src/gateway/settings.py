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
}


class GatewaySettings(Settings):
    """``department_urls``: base URL of each department's API, as JSON. ``view``: folder of the view store.

    ``rate_limit`` and ``rate_burst`` hold for one client and person together, ``failure_limit`` and ``failure_burst``
    for one address that shows bad credentials; all a second. ``cors_origins``: exact origins, separated by commas.
    """

    view: Path = Path(".onewindow/view")
    department_urls: Annotated[dict[str, str], NoDecode] = Field(default_factory=lambda: dict(EMBEDDED))
    workers: int = Field(1, ge=1, le=64)
    cors_origins: Annotated[list[str], NoDecode] = Field(default_factory=list)
    rate_limit: float = Field(50, gt=0)
    rate_burst: float = Field(200, ge=1)
    failure_limit: float = Field(5, gt=0)
    failure_burst: float = Field(50, ge=1)
    department_timeout: float = Field(10, gt=0)
    heartbeat: float = Field(15, gt=0)
    """Seconds between two comments on a quiet stream of changes."""

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
