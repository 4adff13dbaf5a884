"""Titles with their holdings: read in one statement, written in one statement."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import orjson
from onewindow_kit.sealing import sealer_of
from sqlalchemy import Row
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.objection import Objection
from housing.domain.ownership import Holding, Ownership
from housing.domain.residence_right import ResidenceRight
from housing.domain.title import Title
from housing.store import statements
from housing.store.days import day_of
from housing.store.encumbrances import freeze_of, mortgage_of
from housing.store.rights import right_of
from housing.tables import HOLDER


async def load(session: AsyncSession, urn: str, persons: Collection[str] = ()) -> Title | None:
    """The title with all that a decision needs; ``persons``: who else is asked about in ``dead``. No lock is taken:
    ``save`` and ``touch`` refuse when anything about the unit has changed meanwhile."""
    row = await _row(session, urn, persons, draw=False)
    return None if row is None else _title(row)


async def load_drawing(session: AsyncSession, urn: str, persons: Collection[str]) -> tuple[Title, int] | None:
    """The same with the next certificate number drawn on the way, which saves the commonest commands a question."""
    row = await _row(session, urn, persons, draw=True)
    return None if row is None else (_title(row), row.drawn)


async def _row(session: AsyncSession, urn: str, persons: Collection[str], *, draw: bool) -> Row[Any] | None:
    values = {"urn": urn, "persons": list(persons), "draw": draw}
    return (await (await session.connection()).execute(statements.LOAD, values)).one_or_none()


async def insert(
    session: AsyncSession, title: Title, names: Mapping[str, str], form: str
) -> tuple[str | None, Mapping[str, date]]:
    """Enter a new title. Its certificate's number, drawn into ``form``, and those of its owners who have died: then, and
    when another title of the same unit is in force, there is no number and nothing was entered."""
    values = _values(title) | _opening(title.ownership.holdings, names) | {"form": form}
    del values["certificate_number"]
    row = (await (await session.connection()).execute(statements.INSERT, values)).one()
    return row.certificate_number, _days(row.days)


async def save(session: AsyncSession, before: Title, after: Title, names: Mapping[str, str], on: date) -> bool:
    """Replace ``before`` by ``after`` (the next version); owners' rows are closed ``on`` that day and opened where they
    changed. False when the title or anything about it has changed since ``before`` was read."""
    old, new = set(before.ownership.holdings), after.ownership.holdings
    opening = [holding for holding in new if holding not in old]
    closing = [holding.owner for holding in old.difference(new)] if after.ended_on is None else []
    values = _values(after) | _opening(opening, names) | {"closing": closing, "until": on, "ended_on": after.ended_on}
    values |= {"version": after.version, "revision": before.revision}
    if after.address == before.address:
        values["address"] = None
    found = await (await session.connection()).execute(statements.SAVE, values)
    return found.scalar_one_or_none() is not None


async def touch(session: AsyncSession, title: Title) -> bool:
    """Note that something about the unit changed besides the title itself; False when ``title`` is no longer as read."""
    values = {"urn": title.urn, "version": title.version, "revision": title.revision}
    return (await (await session.connection()).execute(statements.TOUCH, values)).rowcount == 1


async def rename_owner(session: AsyncSession, before: Title, old: str, new: str) -> bool:
    """The owner ``old`` of an ended title goes by ``new``: its chain of owners stays as it is. False when it changed."""
    values = {"urn": before.urn, "version": before.version, "revision": before.revision, "old": old, "new": new}
    return (await (await session.connection()).execute(statements.RENAME_OWNER, values)).rowcount == 1


async def rename(session: AsyncSession, title: str, owner: str, name: str) -> None:
    """Another name as registered for one present owner."""
    await (await session.connection()).execute(
        statements.NAME, {"title": title, "owner": owner, "name": sealed_name(name)}
    )


def sealed_name(name: str) -> bytes:
    return sealer_of(HOLDER).seal_own("fields", "holding.name", name.encode())


def sealed_address(address: str) -> bytes:
    return sealer_of(HOLDER).seal_own("fields", "title.address", address.encode())


def _values(title: Title) -> dict[str, Any]:
    return {
        "urn": title.urn,
        "authority": title.authority,
        "unit_code": title.unit_code,
        "address": sealed_address(title.address),
        "area": title.area,
        "use": title.use,
        "price": title.price,
        "certificate_number": title.certificate_number,
        "entry": title.entry,
        "cause": title.cause,
        "ownership": title.ownership.form,
        "registered_on": title.registered_on,
    }


def _opening(holdings: Collection[Holding], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "owners": [holding.owner for holding in holdings],
        "numerators": [holding.share and holding.share.numerator for holding in holdings],
        "denominators": [holding.share and holding.share.denominator for holding in holdings],
        "sinces": [holding.since for holding in holdings],
        "names": [sealed_name(names[h.owner]) if h.owner in names else None for h in holdings],
    }


def _title(row: Row[Any]) -> Title:
    holdings = tuple(
        Holding(owner, None if numerator is None else Fraction(numerator, denominator), day_of(since))
        for owner, numerator, denominator, since in orjson.loads(row.holdings)
    )
    return Title(
        urn=row.urn,
        version=row.version,
        revision=row.revision,
        authority=row.authority,
        unit_code=row.unit_code,
        address=sealer_of(HOLDER).open_own("fields", "title.address", row.address).decode(),
        area=row.area,
        use=row.use,
        price=row.price,
        certificate_number=row.certificate_number,
        entry=row.entry,
        cause=row.cause,
        registered_on=row.registered_on,
        ownership=Ownership(row.ownership, holdings),
        ended_on=row.ended_on,
        mortgages=tuple(map(mortgage_of, orjson.loads(row.mortgages or "[]"))),
        freezes=tuple(map(freeze_of, orjson.loads(row.freezes or "[]"))),
        objections=tuple(right_of(Objection, found) for found in orjson.loads(row.objections or "[]")),
        notices=tuple(right_of(AdvanceNotice, found) for found in orjson.loads(row.notices or "[]")),
        residences=tuple(right_of(ResidenceRight, found) for found in orjson.loads(row.residences or "[]")),
        dead=_days(row.dead),
    )


def _days(text: str | None) -> dict[str, date]:
    return {person: day_of(day) for person, day in orjson.loads(text or "{}").items()}
