"""Who may ask for tokens: the file of registered clients, read again when it changes, and the public client."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from joserfc.jwk import ECKey, OKPKey

from identity.issuer.errors import OAuthRefusal

PUBLIC = "onewindow-cli"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Client:
    """``kind`` service, agency or operator; ``key`` the public key by which it proves itself."""

    id: str
    kind: str
    sector: str | None
    authority: str | None
    audiences: tuple[str, ...]
    key: OKPKey | ECKey


class Clients:
    """The clients in ``path`` (``clients.json``: id -> kind, authority, sector, audiences, jwk)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._clients: dict[str, Client] = {}

    def __getitem__(self, client_id: str) -> Client:
        """OAuthRefusal ``invalid_client`` for an unknown one."""
        self._refresh()
        try:
            return self._clients[client_id]
        except KeyError:
            raise OAuthRefusal("invalid_client", "The client is not registered.") from None

    def get(self, client_id: str) -> Client | None:
        self._refresh()
        return self._clients.get(client_id)

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return
        stamp = (stat.st_mtime_ns, stat.st_ino)
        if stamp != self._stamp:
            content: dict[str, dict[str, Any]] = json.loads(self._path.read_bytes())
            self._clients = {id: _client(id, entry) for id, entry in content.items()}
            self._stamp = stamp


def _client(id: str, entry: dict[str, Any]) -> Client:
    kind = ECKey if entry["jwk"].get("kty") == "EC" else OKPKey
    return Client(
        id=id,
        kind=entry["kind"],
        sector=entry.get("sector"),
        authority=entry.get("authority"),
        audiences=tuple(entry["audiences"]),
        key=kind.import_key(entry["jwk"]),
    )


def may_return_to(client_id: str, redirect_uri: str) -> bool:
    """The public client returns to any port of this machine (RFC 8252 7.3) and nowhere else."""
    try:
        parts = urlsplit(redirect_uri)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        known = host in LOOPBACK and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return client_id == PUBLIC and parts.scheme == "http" and known and not parts.fragment and "@" not in parts.netloc
