"""Verdicts in words for people, and as JSON for programs."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

from onewindow_witness.entry import Proven
from onewindow_witness.note import PublicKey
from onewindow_witness.verify import Verdict

VERIFIED, REJECTED, UNKNOWN = 0, 1, 3
STATUS = {"verified": VERIFIED, "rejected": REJECTED, "unknown": UNKNOWN}
"""What a command ends with. 2 is left to mistakes in its use."""


def instant(at: int) -> str:
    """Seconds of the epoch as they are written."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def log_lines(verdict: Verdict, log: PublicKey, witness: PublicKey | None, notes: list[str]) -> list[str]:
    """The verdict first, then what it rests on."""
    signed = verdict.signed
    if verdict.outcome == "verified" and signed is not None:
        lines = [f"VERIFIED  {log.name}: {signed.checkpoint.size:,} entries, none of them changed, moved or gone."]
        lines.append(f"  every tile was read and hashed again; root {signed.checkpoint.root.hex()}")
        lines.append(f"  signed by {log.name} (key {log.id.hex()})")
        if witness is not None and verdict.cosigned is not None:
            lines.append(f"  cosigned by {witness.name} (key {witness.id.hex()}) on {instant(verdict.cosigned)}")
        lines += [f"  continues {each}" for each in verdict.compared]
    elif verdict.outcome == "rejected":
        lines = [f"REJECTED  {log.name}: {verdict.why}."]
        lines.append(
            "  This log is not the one that was signed. Keep what you have, and tell the supervisor and the witness."
        )
    else:
        lines = [f"UNKNOWN   {log.name}: {verdict.why}.", "  Nothing is shown for or against it. Try again later."]
    return lines + [f"  {note}" for note in notes]


def log_json(verdict: Verdict, log: PublicKey, notes: list[str]) -> dict[str, Any]:
    signed = verdict.signed
    return {
        "outcome": verdict.outcome,
        "why": verdict.why or None,
        "log": log.name,
        "size": signed.checkpoint.size if signed else None,
        "root": base64.b64encode(signed.checkpoint.root).decode() if signed else None,
        "cosigned_at": verdict.cosigned,
        "continues": verdict.compared,
        "notes": notes,
    }


def entry_lines(proven: Proven, witness: PublicKey | None) -> list[str]:
    checkpoint = proven.signed.checkpoint
    lines = [f"VERIFIED  entry {proven.index:,} stands in {checkpoint.origin} exactly as it is below."]
    lines.append(f"  its path leads to the signed root of {checkpoint.size:,} entries")
    if proven.cosigned is not None and witness is not None:
        lines.append(f"  which {witness.name} cosigned on {instant(proven.cosigned)}: nobody can take it back unseen")
    return [*lines, *json.dumps(_entry(proven), ensure_ascii=False, indent=2).splitlines()]


def entry_json(proven: Proven) -> dict[str, Any]:
    checkpoint = proven.signed.checkpoint
    told = {"outcome": "verified" if proven.cosigned is not None else "unknown", "log": checkpoint.origin}
    return told | {
        "index": proven.index,
        "size": checkpoint.size,
        "cosigned_at": proven.cosigned,
        "entry": _entry(proven),
    }


def _entry(proven: Proven) -> Any:
    try:
        return json.loads(proven.entry)
    except ValueError:
        return base64.b64encode(proven.entry).decode()
