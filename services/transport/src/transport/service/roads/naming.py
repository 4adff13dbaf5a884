"""Whom a citizen's command names: identity is asked before anything is locked, number and name are kept nowhere."""

from __future__ import annotations

from onewindow_kit import pseudonyms

from transport.domain.roads.problems import PersonNotFound
from transport.service.desk import Desk


async def named(desk: Desk, scheme: str, number: str, name: str) -> str:
    """The pseudonym of the person or organisation; PersonNotFound for an unknown or wrongly named one."""
    try:
        return str(await desk.identity.resolve(scheme, number, name))
    except pseudonyms.PersonNotFound:
        raise PersonNotFound from None
