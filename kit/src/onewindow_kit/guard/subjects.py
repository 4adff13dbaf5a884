"""Whom an answer shows, found in the answer itself: a route that forgets to say so cannot hide anybody.

Every pseudonym in the answer, and in the request that it answers, is somebody looked at. A record that is shown without its
subjects (an object with a URN of its type and no pseudonym in it) shows those whom the stored record names. Where neither is the case the
use case says who it was (``shown``); an answer that shows somebody and names nobody does not leave.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import orjson
from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import db
from onewindow_kit.pseudonyms.pseudonym import PATTERN
from onewindow_kit.sealing import Sealer

_ANYWHERE = re.compile(rf"(?<![a-z0-9.-]){PATTERN}(?![a-z2-7])")
_URN = re.compile(r"urn:onewindow:[a-z0-9.-]+:[a-z-]+:[a-z2-7]{22}")
SHOWN = "shown"


def shown(session: AsyncSession, *pseudonyms: str) -> None:
    """Say whom this answer shows, where neither answer nor request names them: by pseudonyms of this department's sector.

    Without any: nobody, although the answer is not empty.
    """
    session.info.setdefault(SHOWN, set()).update(map(str, pseudonyms))


def pseudonyms(text: str) -> set[str]:
    """Every pseudonym in a text."""
    return set(_ANYWHERE.findall(text))


def urns(text: str) -> set[str]:
    """Every URN in a text."""
    return set(_URN.findall(text))


def unnamed(answer: Any, types: Collection[str]) -> set[str]:
    """URNs of the records of ``types`` (``title``) in an answer that come without their subjects."""
    return set(_unnamed(answer, frozenset(types)))


def _unnamed(node: Any, types: frozenset[str]) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _unnamed(item, types)
    elif isinstance(node, dict):
        own = {value for value in node.values() if isinstance(value, str) and _type(value) in types}
        if own:
            if not _ANYWHERE.search(orjson.dumps(node).decode()):
                yield from own
            return
        for item in node.values():
            yield from _unnamed(item, types)


def _type(value: str) -> str | None:
    return value.split(":")[3] if _URN.fullmatch(value) else None


def empty(answer: Any) -> bool:
    """Whether an answer holds nothing of anybody: an empty page, a list of nulls."""
    if isinstance(answer, dict):
        return bool(answer) and all(
            value is None or (isinstance(value, list) and empty(value)) for value in answer.values()
        )
    return isinstance(answer, list) and all(item is None for item in answer)


async def subjects_of(session: AsyncSession, sealer: Sealer, named: Collection[str]) -> dict[str, set[str]]:
    """The subjects of each stored record with one of these URNs, which may be none; an unknown one is absent."""
    if not named:
        return {}
    table = db.record
    query = select(table).where(table.c.urn.in_(named), table.c.data.is_not(None))
    found: dict[str, set[str]] = {}
    for row in (await (await session.connection()).execute(query)).all():
        envelope = orjson.loads(sealer.open(row.topic, row.key_id, row.urn, row.version, row.data))
        found[row.urn] = {subject["pseudonym"] for subject in envelope["subjects"]}
    return found
