"""Settings of a process: environment variables ``ONEWINDOW_*`` and nothing else (twelve-factor).

The text below each setting is what docs/settings.md says of it.
"""

from __future__ import annotations

import ipaddress
import json
import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Settings(BaseSettings):
    """What every process knows: which instance it belongs to, where its neighbours are, where it listens."""

    model_config = SettingsConfigDict(env_prefix="ONEWINDOW_", extra="ignore")

    instance: str = Field("demo", pattern=r"^[a-z][a-z0-9-]{0,30}$")
    """Name of the Onewindow that the process belongs to: in URNs, authority ids and events' sources."""
    level: Literal["city", "province", "nation"] = "city"
    """What the instance is; nothing depends on it as long as instances do not exchange records."""
    parent: str | None = None
    """The instance above this one; as above."""
    time_zone: str = "Asia/Shanghai"
    """Where the offices are: decides which day it is in law."""
    legal_day: Path | None = None
    """A file with a day (YYYY-MM-DD) that counts as today in law; for development only, so that years can pass."""

    contracts: Annotated[list[Path], NoDecode] = []
    """Contract folders, separated as in PATH, absolute; the checkout's `contracts/` when empty."""
    keyring: Path = Path(".onewindow/keys/holder.json")
    """The file of this holder's keys."""
    node: Path = Path(".onewindow/node")
    """Folder that the processes of one node and holder share: proofs seen, looks counted; local disk, kept across restarts."""
    kafka: str = "127.0.0.1:8720"
    """Bootstrap servers, HOST:PORT separated by commas; with credentials `scram-sha-256[+tls]://USER:PASSWORD@HOST:PORT`."""
    topic_prefix: str = Field("", pattern=r"^([a-zA-Z0-9._-]+)?$")
    """Before every topic's and transactional id's name, for instances that share a cluster."""

    host: str = "127.0.0.1"
    """Address that the API and the operators' port listen on."""
    port: int = Field(8700, ge=0, le=65535)
    """Port of the API."""
    ops_port: int = Field(8710, ge=0, le=65535)
    """Port of `/healthz`, `/readyz` and `/metrics`, for operators only."""
    ops_token: str | None = Field(None, min_length=16)
    """Bearer token that `/metrics` asks for; without one anybody on this machine may read it."""
    tls_certificate: Path | None = None
    """PEM file of the certificate (and chain) under which API and operators' port are served."""
    tls_key: Path | None = None
    """PEM file of its private key."""
    behind_proxy: bool = False
    """Whether something of yours in front ends TLS: without it or a certificate no process listens beyond this machine."""
    public_url: str | None = None
    """The address by which clients know this API, which their proofs must name (RFC 9449 `htu`), e.g.
    `https://window.example.org`; the request's own scheme and Host when empty."""
    body_limit: int = Field(1_000_000, gt=0)
    """Bytes of a request's body, beyond which it is refused (413)."""

    issuer: str = "http://127.0.0.1:8701"
    """The issuer of access tokens; compared exactly with a token's `iss`."""
    issuer_url: str | None = None
    """Where the issuer is reached when that differs (a network behind a proxy)."""
    identity_url: str = "http://127.0.0.1:8701"
    """Where identity is asked for pseudonyms."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least that is logged; logs are JSON lines on stdout and name no person."""

    @property
    def tls(self) -> dict[str, Path]:
        """The certificate as uvicorn takes it; empty without."""
        if self.tls_certificate is None or self.tls_key is None:
            return {}
        return {"ssl_certfile": self.tls_certificate, "ssl_keyfile": self.tls_key}

    @model_validator(mode="after")
    def _not_open_to_the_world(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("ONEWINDOW_TLS_CERTIFICATE and ONEWINDOW_TLS_KEY go together")
        if _is_loopback(self.host):
            return self
        if not self.tls and not self.behind_proxy:
            raise ValueError(
                f"ONEWINDOW_HOST={self.host} is reached from other machines and tokens would cross the network in the clear:"
                " set ONEWINDOW_TLS_CERTIFICATE and ONEWINDOW_TLS_KEY, or ONEWINDOW_BEHIND_PROXY=true where a proxy of"
                " yours ends TLS"
            )
        if self.ops_token is None:
            raise ValueError(f"with ONEWINDOW_HOST={self.host} metrics need ONEWINDOW_OPS_TOKEN")
        return self

    @field_validator("contracts", mode="before")
    @classmethod
    def _split_folders(cls, value: object) -> object:
        return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


class ServiceSettings(Settings):
    """A department's: its own database besides."""

    database: str = "postgresql+asyncpg://127.0.0.1:8730/onewindow"
    """The department's own database, `postgresql+asyncpg://USER:PASSWORD@HOST:PORT/NAME`."""
    database_pool: int = Field(10, ge=1)
    """Connections that stay open; as many again under load."""
    department_urls: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    """JSON, department to the base URL of its API: where evidence is confirmed."""

    @field_validator("department_urls", mode="before")
    @classmethod
    def _read_urls(cls, value: object) -> object:
        return json.loads(value) if isinstance(value, str) else value
