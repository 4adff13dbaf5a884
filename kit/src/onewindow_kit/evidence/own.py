"""Whether this department's own records bear somebody out: that they exist, concern the person and fit the purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import db
from onewindow_kit.evidence.claim import Claim
from onewindow_kit.records import Records

Stands = Callable[[Mapping[str, Any]], bool]
"""Whether a record, an opened envelope, still says what it said: an annulled one is no evidence."""


class OwnRecords:
    """Looks at what this department published. ``stands`` per topic; a topic that is not in it stands as it is."""

    def __init__(self, records: Records, stands: Mapping[str, Stands] | None = None) -> None:
        self._records, self._stands = records, dict(stands or {})

    async def confirmed(self, session: AsyncSession, topics: frozenset[str], claims: Sequence[Claim]) -> list[bool]:
        """Of each claim whether every record that it names is of one of ``topics`` and concerns its person.

        Unknown, erased, of another kind and somebody else's look the same.
        """
        wanted = sorted({urn for claim in claims for urn in claim.evidence})
        people = await self._people(session, topics, wanted)
        return [
            bool(claim.evidence) and all(claim.subject in people.get(urn, ()) for urn in claim.evidence)
            for claim in claims
        ]

    async def _people(self, session: AsyncSession, topics: frozenset[str], urns: list[str]) -> dict[str, set[str]]:
        """Whom each record that may be evidence concerns."""
        table = db.record.c
        query = select(db.record).where(table.urn.in_(urns), table.topic.in_(sorted(topics)), table.data.is_not(None))
        found: dict[str, set[str]] = {}
        for row in await (await session.connection()).execute(query):
            opened = self._records.sealer.open(row.topic, row.key_id, row.urn, row.version, row.data)
            envelope = orjson.loads(opened)
            stands = self._stands.get(row.topic)
            if stands is None or stands(envelope):
                found[row.urn] = {subject["pseudonym"] for subject in envelope["subjects"]}
        return found
