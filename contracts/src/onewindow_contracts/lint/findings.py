"""What a rule reports: the file, the place in it, what is missing, why it matters and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``place`` is a JSON Pointer into the file; ``rule`` a stable kebab-case name."""

    file: Path
    place: str
    rule: str
    missing: str
    why: str
    mend: str


Findings = Iterator[Finding]


def pointer(*steps: str | int) -> str:
    """A JSON Pointer from its steps."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
