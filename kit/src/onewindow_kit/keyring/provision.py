"""Handing out keys: topic files decide who gets which, and doing it again changes nothing."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from onewindow_kit.topics import Authority, Topic

ISSUER = "identity"
GATEWAY = "gateway"
OPERATOR = "operator"
FIRST = "k-first"
OVERSIGHT = "oversight"
RECORD = "access"
"""Keeps the access record; the gateway shows it."""


def provision(
    folder: Path | str, topics: Iterable[Any], authorities: Iterable[Any], holders: Iterable[str], instance: str = ""
) -> dict[str, Path]:
    """Create or extend every holder's keyring in ``folder`` (0700) and ``clients.json``; returns the path per holder.

    ``topics`` and ``authorities`` are topic files and authorities as mappings or objects with the same names;
    ``holders`` are the services and the gateway. Each authority gets a keyring of its own too (``<id>.json``) that holds
    its client key and, where no service hosts it, the introduction key of its sector; so does the operator (``operator``,
    a client key alone). A key that exists stays; a holder
    that a topic file no longer names loses that topic's keys; a topic that is not in ``topics`` is left as it is.
    ``log.pub`` is the verifier key of the access record of ``instance`` (one line, C2SP signed-note), for everybody.
    """
    folder = Path(folder)
    topics = [Topic.of(topic) for topic in topics]
    authorities = [Authority.of(authority) for authority in authorities]
    services = sorted(set(holders))
    with _locked(folder):
        rings = {name: _read(folder, name) for name in [*services, OPERATOR, *(a.id for a in authorities)]}
        for ring in rings.values():
            if "client" not in ring:
                ring["client"] = _signing_key()
        for name in services:
            ring = rings[name]
            for use in ("fields", "view") if name == GATEWAY else ("fields",):
                ring.setdefault(use, _new_ring())
            ring.setdefault("blind", _new_key())
            ring.setdefault("topics", {})
            if name == ISSUER:
                ring["issuer"] = _issuer_ring(ring.get("issuer"))
        _share_record(rings, services)
        for topic in topics:
            if topic.kind in ("record", "log"):
                _share_topic(rings, services, topic)
        _share_introductions(rings, services, authorities)
        for name, ring in rings.items():
            _write(folder / f"{name}.json", {"holder": name} | ring)
        _write(folder / "clients.json", _clients(rings, services, authorities))
        if RECORD in services and instance:
            _replace(folder / "log.pub", _verifier_key(instance, rings[RECORD]["log"]).encode())
    return {name: folder / f"{name}.json" for name in rings}


def _share_topic(rings: dict[str, dict[str, Any]], services: list[str], topic: Topic) -> None:
    named = {topic.department, *topic.producers, *topic.consumers}
    known = [rings[name]["topics"][topic.topic] for name in services if topic.topic in rings[name]["topics"]]
    shared = {"current": known[0]["current"], "keys": {}} if known else _new_ring()
    for ring in known:
        shared["keys"] |= ring["keys"]
    for name in services:
        if name in named:
            rings[name]["topics"][topic.topic] = shared
        else:
            rings[name]["topics"].pop(topic.topic, None)


def _share_record(rings: dict[str, dict[str, Any]], services: list[str]) -> None:
    """One ring for who writes the access record and who shows it: a department's keys open nothing of it."""
    holders = [name for name in (RECORD, GATEWAY) if name in services]
    known = [rings[name]["record"] for name in holders if "record" in rings[name]]
    ring = known[0] if known else _new_ring() | {"blind": _new_key()}
    for name in holders:
        rings[name]["record"] = ring
    if RECORD in services and "log" not in rings[RECORD]:
        rings[RECORD]["log"] = _log_key()


def _share_introductions(rings: dict[str, dict[str, Any]], services: list[str], authorities: list[Authority]) -> None:
    keys = {sector: _ring(key) for ring in rings.values() for sector, key in ring.get("introductions", {}).items()}
    for authority in authorities:
        key = keys.setdefault(authority.sector, _new_ring())
        holder = authority.host if authority.host in services else authority.id
        for name in {holder, ISSUER} & rings.keys():
            rings[name].setdefault("introductions", {})[authority.sector] = key


def _clients(rings: dict[str, Any], services: list[str], authorities: list[Authority]) -> dict[str, Any]:
    clients: dict[str, Any] = {}
    for name in services:
        clients[name] = {"kind": "service", "authority": None, "sector": name, "audiences": services}
    clients[OPERATOR] = {"kind": "operator", "authority": None, "sector": None, "audiences": services}
    for authority in authorities:
        # every office answers questions; supervisors rule on what is held, wherever it is held
        named = set(services) if authority.host == OVERSIGHT else {GATEWAY, ISSUER, OVERSIGHT, authority.host}
        clients[authority.id] = {
            "kind": "agency",
            "authority": authority.id,
            "sector": authority.sector,
            "audiences": sorted(named & set(services)),
        }
    for name, client in clients.items():
        client["jwk"] = {part: value for part, value in rings[name]["client"].items() if part != "d"}
    return clients


def _ring(held: Any) -> dict[str, Any]:
    """A ring, also of a key from before keys of its kind were rotated."""
    return held if isinstance(held, dict) else {"current": FIRST, "keys": {FIRST: held}}


def _issuer_ring(held: dict[str, Any] | None) -> dict[str, Any]:
    """The next key is there, and published, long before it signs: no verifier meets a signature by a key unknown to it."""
    if held is not None and "keys" in held:
        return held
    current, following = held or _signing_key(), _signing_key()
    keys = {key["kid"]: key for key in (current, following)}
    return {"current": current["kid"], "next": following["kid"], "keys": keys}


def _signing_key() -> dict[str, Any]:
    from joserfc.jwk import ECKey  # only where keys are made: holders start without it

    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    return key.as_dict(private=True)


def _log_key() -> dict[str, Any]:
    from joserfc.jwk import OKPKey

    return OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "EdDSA"}, auto_kid=True).as_dict(private=True)


def _verifier_key(instance: str, jwk: dict[str, Any]) -> str:
    """``<name>+<key id>+<key>`` of an Ed25519 key (C2SP signed-note)."""
    name = f"onewindow/{instance}/access"
    public = b"\1" + base64.urlsafe_b64decode(jwk["x"] + "=")
    key_id = sha256(name.encode() + b"\n" + public).hexdigest()[:8]
    return f"{name}+{key_id}+{base64.b64encode(public).decode()}\n"


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _key_id() -> str:
    return f"k-{secrets.token_hex(4)}"


def _new_ring() -> dict[str, Any]:
    key_id = _key_id()
    return {"current": key_id, "keys": {key_id: _new_key()}}


def _read(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.json"
    return json.loads(path.read_bytes()) if path.exists() else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, readable by the owner only from its first byte; untouched when nothing changed."""
    _replace(path, json.dumps(content, indent=1, sort_keys=True).encode())


def _replace(path: Path, raw: bytes) -> None:
    if path.exists() and path.read_bytes() == raw:
        return
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
