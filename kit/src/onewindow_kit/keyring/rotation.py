"""New keys for old ones while everything runs: nothing that was sealed or signed before stops being good.

A new key is first given to all that must open what it seals, and only then becomes the current one: who seals looks at
its keyring every few seconds, who opens looks whenever it meets an unknown key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from onewindow_kit.keyring.provision import ISSUER, _key_id, _locked, _new_key, _signing_key, _write

KINDS = ("seals", "fields", "sectors", "signing")
"""Topics' seals; the seals of holders' own stores (columns, the view); keys of introductions by sector; the issuer's key."""
RETIRED = 3
"""Earlier keys of the issuer that stay known: tokens live ten minutes, so rotations in a row leave theirs good."""

Ring = dict[str, Any]


def rotate(folder: Path | str, topic: str) -> str:
    """A new current key for ``topic``, given to all that hold it; old ones stay to open what was sealed before."""
    return _shared(Path(folder), lambda ring: _one(ring.get("topics", {}), topic))


def rotate_all(folder: Path | str, kind: str) -> int:
    """New keys for everything of ``kind`` (one of KINDS); how many."""
    folder = Path(folder)
    match kind:
        case "seals" | "sectors":
            part = "topics" if kind == "seals" else "introductions"
            names = {name for ring in _rings(folder).values() for name in ring.get(part, {})}
            for name in sorted(names):
                _shared(folder, lambda ring, name=name: _one(ring.get(part, {}), name))
            return len(names)
        case "fields":
            return _own(folder)
        case "signing":
            _issuer(folder)
            return 1
        case _:
            raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}")


def _one(rings: dict[str, Ring], name: str) -> list[Ring]:
    return [rings[name]] if name in rings else []


def _shared(folder: Path, found: Callable[[Ring], list[Ring]]) -> str:
    key_id, key = _key_id(), _new_key()

    def known(ring: Ring) -> None:
        ring["keys"][key_id] = key

    def current(ring: Ring) -> None:
        ring["current"] = key_id

    with _locked(folder):
        for change in (known, current):
            for name, whole in _rings(folder).items():
                for ring in found(whole):
                    change(ring)
                _write(folder / f"{name}.json", whole)
    return key_id


def _own(folder: Path) -> int:
    """Each has one holder, so nobody else must know the key first."""
    count = 0
    with _locked(folder):
        for name, whole in _rings(folder).items():
            for ring in (whole[use] for use in ("fields", "view") if use in whole):
                key_id = _key_id()
                ring["keys"][key_id] = _new_key()
                ring["current"] = key_id
                count += 1
            _write(folder / f"{name}.json", whole)
    return count


def _issuer(folder: Path) -> None:
    """The next key, which verifiers know by now, begins to sign; another one becomes the next."""
    path = folder / f"{ISSUER}.json"
    with _locked(folder):
        whole = json.loads(path.read_bytes())
        ring, following = whole["issuer"], _signing_key()
        ring["keys"][following["kid"]] = following
        ring["retired"] = [*ring.get("retired", []), ring["current"]]
        ring["current"], ring["next"] = ring["next"], following["kid"]
        for old in ring["retired"][:-RETIRED]:
            del ring["keys"][old]
        ring["retired"] = ring["retired"][-RETIRED:]
        _write(path, whole)


def _rings(folder: Path) -> dict[str, Ring]:
    """Every keyring by its holder; other files of the folder are none."""
    return dict(_read_rings(folder))


def _read_rings(folder: Path) -> Iterator[tuple[str, Ring]]:
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_bytes())
        if isinstance(content, dict) and content.get("holder") == path.stem:
            yield path.stem, content
