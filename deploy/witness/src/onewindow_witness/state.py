"""What a witness remembers of each log, on disk: the newest checkpoint it cosigned, and proof of those that lied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from onewindow_witness.checkpoint import Checkpoint
from onewindow_witness.keeping import file_name, keep
from onewindow_witness.note import Note

FORKS_MOST, UNPROVEN_MOST = 1000, 50
"""Files of evidence kept of each kind. A fork is one however often it is shown; what is merely unproven anybody can send."""

Kind = Literal["fork", "unproven"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A log's newest cosigned checkpoint: the note, our own cosignature under it."""

    checkpoint: Checkpoint
    note: Note


class State:
    """A folder: `logs/<log>.checkpoint` and `evidence/<kind>-<digest>.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[str, Kept] = {}

    def newest(self, origin: str) -> Kept | None:
        if origin not in self._kept:
            file = self._file(origin)
            if not file.exists():
                return None
            note = Note.parse(file.read_bytes())
            self._kept[origin] = Kept(Checkpoint.parse(note.text), note)
        return self._kept[origin]

    def advance(self, kept: Kept) -> None:
        """From now on this is the newest; on the disk when it returns."""
        keep(self._file(kept.checkpoint.origin), str(kept.note).encode())
        self._kept[kept.checkpoint.origin] = kept

    def _file(self, origin: str) -> Path:
        return self.folder / "logs" / f"{file_name(origin)}.checkpoint"

    def accuse(self, kind: Kind, known: Note, shown: Note, why: str) -> None:
        """Keep both notes, each signed by the log itself: nobody else could have made them."""
        digest = sha256(f"{known.text}\n{shown.text}".encode()).hexdigest()[:24]
        file = self.folder / "evidence" / f"{kind}-{digest}.json"
        most = FORKS_MOST if kind == "fork" else UNPROVEN_MOST
        if file.exists() or len(self.accusations(kind)) >= most:
            return
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        told = {"at": at, "kind": kind, "why": why, "known": str(known), "shown": str(shown)}
        keep(file, json.dumps(told, ensure_ascii=False, indent=1).encode())

    def accusations(self, kind: Kind | None = None) -> list[str]:
        """Names of what is kept, of all kinds or of one."""
        found = (self.folder / "evidence").glob(f"{kind or '*'}-*.json")
        return sorted(file.stem for file in found)

    def accusation(self, name: str) -> dict[str, Any] | None:
        if name not in self.accusations():
            return None
        return json.loads((self.folder / "evidence" / f"{name}.json").read_bytes())
