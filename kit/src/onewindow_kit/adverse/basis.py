"""Legal bases as compiled data: which office may do what to people, for which purpose, on what evidence, since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from onewindow_kit.adverse.problems import BasisNotHeld


@dataclass(frozen=True, slots=True)
class Basis:
    """``authority`` is an office's local name; ``acts`` the kinds that it permits, ``evidence`` the topics whose records
    can carry them; ``limit`` how many people its office may do this to on one day before a supervisor must look."""

    id: str
    authority: str
    purpose: str
    acts: frozenset[str]
    evidence: frozenset[str]
    legal_basis: str
    remedy: Mapping[str, str]
    valid_from: date
    valid_until: date | None
    limit: int

    @classmethod
    def of(cls, written: Any, purpose: Any) -> Self:
        """From a contract's basis and the purpose that it names."""
        return cls(
            id=written.id,
            authority=written.authority,
            purpose=written.purpose,
            acts=frozenset(written.acts),
            evidence=frozenset(written.evidence),
            legal_basis=written.legal_basis,
            remedy=dict(written.remedy),
            valid_from=written.valid_from,
            valid_until=written.valid_until,
            limit=purpose.adverse_subjects_per_day or 0,
        )

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


class Bases:
    """All legal bases of an instance, by id."""

    def __init__(self, contracts: Any) -> None:
        self._known = {
            each.id: Basis.of(each, contracts.purposes[each.purpose])
            for each in contracts.bases.values()
            if each.purpose in contracts.purposes
        }

    def held(self, basis: str, authority: str, kind: str, on: date) -> Basis:
        """The basis, for the office ``authority`` (full id) to do ``kind`` on ``on``; BasisNotHeld, whatever is wrong."""
        found = self._known.get(basis)
        local = authority.partition(".")[2]
        if found is None or found.authority != local or kind not in found.acts or not found.holds(on):
            raise BasisNotHeld
        return found

    def evidence(self, basis: str, on: date) -> Basis | None:
        """The basis on which somebody asks whether evidence is there; None for one that does not hold today."""
        found = self._known.get(basis)
        return found if found is not None and found.holds(on) else None
