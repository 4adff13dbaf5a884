"""Answering another department that asks whether a record bears somebody out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.evidence.claim import Claim
from onewindow_kit.evidence.own import OwnRecords
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import InvalidIntroduction, open_introduction


class Bases(Protocol):
    """The legal bases of the instance: ``adverse.Bases``."""

    def evidence(self, basis: str, on: date) -> Any: ...


class CheckDesk:
    """Confirms to who asks on a legal basis of an office of theirs; ``hosts`` says which service an office has."""

    def __init__(
        self, own: OwnRecords, keyring: Keyring, bases: Bases, hosts: dict[str, str | None], today: Callable[[], date]
    ) -> None:
        """``hosts``: an authority's local name to the service that keeps its registry."""
        self._own, self._keyring, self._bases, self._hosts, self._today = own, keyring, bases, hosts, today

    async def check(
        self, session: AsyncSession, asking: str, basis: str, checks: Sequence[tuple[str, tuple[str, ...]]]
    ) -> list[bool]:
        """Of each (introduction, URNs) whether every record exists, concerns the person and is evidence for the basis.

        False for whatever is not so, for a basis that is not the asking service's, and for an introduction that is not
        for here: who asks learns nothing from the difference.
        """
        ground = self._bases.evidence(basis, self._today())
        if ground is None or self._hosts.get(ground.authority) != asking:
            return [False] * len(checks)
        people = [self._person(introduction) for introduction, _ in checks]
        claims = [Claim(person or "", urns) for person, (_, urns) in zip(people, checks, strict=True)]
        return await self._own.confirmed(session, ground.evidence, claims)

    def _person(self, introduction: str) -> str | None:
        try:
            return str(open_introduction(self._keyring, introduction))
        except InvalidIntroduction:
            return None
