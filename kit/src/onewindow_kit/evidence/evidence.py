"""Evidence for a decision about somebody: each record is confirmed by the department that keeps it, or it is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.evidence.claim import Claim, authority_of
from onewindow_kit.evidence.own import OwnRecords


class Asked(Protocol):
    """Who asks the other departments: ``Neighbours``."""

    async def confirmed(self, department: str, sector: str, basis: str, claims: Sequence[Claim]) -> list[bool]: ...


class Ground(Protocol):
    """What a legal basis says of evidence."""

    @property
    def id(self) -> str: ...
    @property
    def evidence(self) -> frozenset[str]: ...


class Evidence:
    """``authorities`` are the contracts': which department keeps the records of which office, in which sector."""

    def __init__(
        self, department: str, authorities: Mapping[str, Any], own: OwnRecords, neighbours: Asked | None
    ) -> None:
        self._department, self._authorities = department, authorities
        self._own, self._neighbours = own, neighbours

    async def confirmed(self, session: AsyncSession, ground: Ground, claims: Sequence[Claim]) -> list[bool]:
        """Of each claim whether all its evidence is confirmed; a claim without evidence is not.

        Unavailable while a department that must confirm some of it does not answer.
        """
        outcome = [bool(claim.evidence) for claim in claims]
        asked: dict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
        for index, claim in enumerate(claims):
            for keeper, urns in self._by_keeper(claim).items():
                if keeper is None:
                    outcome[index] = False
                else:
                    asked[keeper].append((index, Claim(claim.subject, tuple(urns))))
        for (department, sector), questions in sorted(asked.items()):
            told = await self._told(session, department, sector, ground, [claim for _, claim in questions])
            for (index, _), confirmed in zip(questions, told, strict=True):
                outcome[index] = outcome[index] and confirmed
        return outcome

    async def _told(
        self, session: AsyncSession, department: str, sector: str, ground: Ground, claims: list[Claim]
    ) -> list[bool]:
        if department == self._department:
            return await self._own.confirmed(session, ground.evidence, claims)
        if self._neighbours is None:
            return [False] * len(claims)
        return await self._neighbours.confirmed(department, sector, ground.id, claims)

    def _by_keeper(self, claim: Claim) -> dict[tuple[str, str] | None, list[str]]:
        """The claim's records by department and sector; under None those of no office or of one without a register."""
        keepers: dict[tuple[str, str] | None, list[str]] = defaultdict(list)
        for urn in claim.evidence:
            office = self._authorities.get(authority_of(urn))
            keepers[(office.host, office.sector) if office is not None and office.host else None].append(urn)
        return keepers
