"""Earlier names of persons in this sector: what merges left behind, so that a later split can be exact.

When two persons turn out to be one, the losing pseudonym becomes an alias of the surviving one, and every record that
either had is noted. When they are parted again, a record that was known then goes back to where it came from; one made
since may belong to either and is contested until somebody decides.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from sqlalchemy import Column, Index, Table, Text, text
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.db import metadata
from onewindow_kit.decide import Principal

Side = Literal["stays", "leaves", "contested"]

alias = Table(
    "alias",
    metadata,
    Column("pseudonym", Text, primary_key=True),
    Column("survivor", Text, nullable=False),
    Index("alias_survivor", "survivor"),
    comment="pseudonyms that lost in a merge, and the one that stands for the person since",
)

filed_as = Table(
    "filed_as",
    metadata,
    Column("urn", Text, primary_key=True),
    Column("losing", Text, primary_key=True, comment="the pseudonym that lost in the merge"),
    Column("survivor", Text, primary_key=True, comment="the one that stands for the person since"),
    Column("was", Text, nullable=False, comment="under which of the two the record stood"),
    comment="whose each record was when two persons became one",
)


async def resolve(session: AsyncSession, pseudonym: str) -> str:
    """The name that stands for the person now: merges are followed, any other name comes back as it is."""
    found = await (await session.connection()).execute(
        text("""
            with recursive trail(name) as (
                select cast(:name as text) union select a.survivor from alias a join trail t on a.pseudonym = t.name
            ) select name from trail t
            where not exists (select from alias a where a.pseudonym = t.name and a.survivor <> t.name)
        """),
        {"name": pseudonym},
    )
    return found.scalar_one()


async def is_former(session: AsyncSession, pseudonym: str) -> bool:
    """Whether somebody went by this name and nobody does today: it lost in a merge, or its person was split."""
    known = text("select exists (select from alias where pseudonym = :name)")
    return bool((await (await session.connection()).execute(known, {"name": pseudonym})).scalar_one())


class FormerNames:
    """Tells citizens' tokens under a name from before a merge or a split.

    What would be done under it would be nobody's, or the same person's a second time; refused, the gateway asks the
    issuer anew, which says the present name, or that there is none. A department that came before
    such names has no table of them, and none of its tokens is one.
    """

    def __init__(self) -> None:
        self._kept: bool | None = None

    async def name(self, session: AsyncSession, caller: Principal | None) -> bool:
        """Whether ``caller`` is a citizen under a former name."""
        if caller is None or caller.kind != "citizen":
            return False
        if self._kept is None:
            kept = text("select to_regclass('alias') is not null")
            self._kept = bool((await (await session.connection()).execute(kept)).scalar_one())
        return self._kept and await is_former(session, caller.subject)


async def merged(
    session: AsyncSession, losing: str, into: str, urns_losing: Collection[str], urns_into: Collection[str]
) -> None:
    """Note a merge. A record that both have stands under ``into``. Noted twice it is noted once."""
    connection = await session.connection()
    await connection.execute(
        text("insert into alias (pseudonym, survivor) values (:losing, :into) on conflict do nothing"),
        {"losing": losing, "into": into},
    )
    for was, urns in ((into, urns_into), (losing, urns_losing)):
        await connection.execute(
            text("""
                insert into filed_as (urn, losing, survivor, was)
                select urn, :losing, :into, :was from unnest(cast(:urns as text[])) as u(urn) on conflict do nothing
            """),
            {"losing": losing, "into": into, "was": was, "urns": list(urns)},
        )


async def split(
    session: AsyncSession, old: str, stays: str, leaves: str, returning: Collection[str], urns: Collection[str]
) -> dict[str, Side]:
    """Where each record of ``old`` (``urns``) goes. ``returning`` are all earlier names of the person who leaves; of
    several merges the latest is undone first.

    ``old`` is nobody's name any more; its aliases become those of the two fresh names.
    """
    connection = await session.connection()
    known = await connection.execute(
        text("""
            select urn, bool_or(was = any(cast(:returning as text[]))) from filed_as
            where losing = any(cast(:returning as text[])) group by urn
        """),
        {"returning": list(returning)},
    )
    leaving: dict[str, bool] = dict(known.all())  # type: ignore[arg-type]  # rows of two columns
    await connection.execute(
        text("""
            update alias set survivor = case
                when pseudonym = any(cast(:returning as text[])) then cast(:leaves as text) else :stays end
            where survivor = :old and pseudonym <> :old
        """),
        {"old": old, "stays": stays, "leaves": leaves, "returning": list(returning)},
    )
    # An alias of itself: it stands for nobody else, and for nobody any more.
    await connection.execute(
        text("insert into alias (pseudonym, survivor) values (:old, :old) on conflict do nothing"), {"old": old}
    )
    return {urn: "contested" if urn not in leaving else "leaves" if leaving[urn] else "stays" for urn in urns}
