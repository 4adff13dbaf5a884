"""What somebody says bears a person out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """Records (URNs) that are said to concern a person (a pseudonym of the sector that is asked)."""

    subject: str
    evidence: tuple[str, ...]


def authority_of(urn: str) -> str:
    """The office that answers for a record: ``urn:onewindow:<authority id>:<record-type>:<random id>``."""
    return urn.split(":")[2]
