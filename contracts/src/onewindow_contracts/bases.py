"""Legal bases of adverse acts: `bases/<authority>.yaml` says what an office may do to people, since when, on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onewindow_contracts.documents import parse
from onewindow_contracts.entries import Label
from onewindow_contracts.fields import Fields


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal basis of one office (``authority``, a local name), for one of its purposes.

    ``acts`` are codes of ``<department>.adverse-acts``; ``evidence`` names the topics whose records can bear them out.
    The first day is included, the last excluded (None: still in force).
    """

    id: str
    authority: str
    purpose: str
    title: Label
    legal_basis: str
    acts: tuple[str, ...]
    evidence: tuple[str, ...]
    remedy: Label
    valid_from: date
    valid_until: date | None
    doubtful: bool
    file: Path


def read(file: Path) -> Iterator[Basis]:
    """The bases in a file."""
    f = Fields(parse(file), file)
    authority = f.take("authority", str)
    for b in f.items("bases"):
        yield Basis(
            id=b.take("id", str),
            authority=authority,
            purpose=b.take("purpose", str),
            title=b.label("title"),
            legal_basis=b.take("legal_basis", str),
            acts=b.names("acts"),
            evidence=b.names("evidence"),
            remedy=b.label("remedy"),
            valid_from=b.day("valid_from"),
            valid_until=b.day("valid_until", None),
            doubtful=b.take("doubtful", bool, False),
            file=file,
        )
        b.close()
    f.close()
