"""What a verifier has seen of logs before, in a folder of its own: a log that shrank or was rewritten cannot deny it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from onewindow_witness.checkpoint import Signed
from onewindow_witness.keeping import file_name, keep
from onewindow_witness.note import Note, PublicKey


class Memory:
    """One file for each log and key: the newest checkpoint that was verified here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, log: PublicKey) -> Path:
        return self.folder / f"{file_name(log.name)}+{log.id.hex()}.checkpoint"

    def recall(self, log: PublicKey) -> Signed | None:
        """NoteInvalid or NotSigned when the file was tampered with: remove it only if you know who did."""
        file = self._file(log)
        return Signed.open(file.read_bytes(), log) if file.exists() else None

    def remember(self, log: PublicKey, seen: Signed) -> None:
        before = self.recall(log)
        if before is None or before.checkpoint.size < seen.checkpoint.size:
            keep(self._file(log), str(seen.note).encode())

    def other_keys(self, log: PublicKey) -> list[str]:
        """Key ids under which a log of this name was verified here before, other than this one."""
        mine = self._file(log).stem.rpartition("+")[0]
        found = (file.stem.rpartition("+") for file in self.folder.glob("*.checkpoint"))
        return sorted(key for name, _, key in found if name == mine and key != log.id.hex())

    def accuse(self, why: str, notes: list[Note]) -> Path:
        """Keep what shows that the log lied; the file."""
        told = json.dumps({"why": why, "notes": [str(note) for note in notes]}, ensure_ascii=False, indent=1)
        at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        file = self.folder / "evidence" / f"{at}-{sha256(told.encode()).hexdigest()[:12]}.json"
        keep(file, told.encode())
        return file
