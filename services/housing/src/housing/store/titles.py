"""Titles with their holdings: read in one statement, written in one statement."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import orjson
from onewindow_kit.sealing import sealer_of
from sqlalchemy import ARRAY, BigInteger, Boolean, Date, Integer, LargeBinary, Row, Text, bindparam, text
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.certificate import DIGITS
from housing.domain.ownership import Holding, Ownership
from housing.domain.title import Title
from housing.store.encumbrances import FREEZE_COLUMNS, MORTGAGE_COLUMNS, freeze_of, mortgage_of
from housing.tables import HOLDER

_LOAD = text(
    f"""
    select t.*,
        (select json_agg(json_build_array(owner, numerator, denominator, since) order by id)::text
            from holding where title = t.urn and until is null) as holdings,
        (select json_agg(m)::text from (select {MORTGAGE_COLUMNS} from mortgage
            where title = t.urn and ended_on is null order by rank) m) as mortgages,
        (select json_agg(f)::text from (select {FREEZE_COLUMNS} from "freeze"
            where title = t.urn and ended_on is null) f) as freezes,
        (select json_object_agg(person, died_on)::text from deceased where person = any(:persons)
            or person in (select owner from holding where title = t.urn and until is null)) as dead,
        case when :draw then nextval('certificate_number') end as drawn
    from title t where t.urn = :urn
    """
).bindparams(
    bindparam("urn", type_=Text()), bindparam("persons", type_=ARRAY(Text())), bindparam("draw", type_=Boolean())
)

_HOLDINGS = """
    from unnest(cast(:owners as text[]), cast(:numerators as int[]), cast(:denominators as int[]),
        cast(:sinces as date[]), cast(:names as bytea[])) as i(owner, numerator, denominator, since, name)
"""
_holdings = (
    bindparam("owners", type_=ARRAY(Text())),
    bindparam("numerators", type_=ARRAY(Integer())),
    bindparam("denominators", type_=ARRAY(Integer())),
    bindparam("sinces", type_=ARRAY(Date())),
    bindparam("names", type_=ARRAY(LargeBinary())),
)

# One statement draws the number, looks for dead owners and enters the title, unless there are any.
_INSERT = text(
    f"""
    with dead as (
        select json_object_agg(person, died_on)::text as days from deceased where person = any(:owners)
    ), made as (
        insert into title (urn, version, revision, authority, unit_code, address, area, use, price, certificate_number,
            entry, cause, ownership, registered_on)
        select :urn, 1, 1, :authority, :unit_code, :address, :area, :use, :price,
            replace(:form, '{{number}}', lpad(nextval('certificate_number')::text, {DIGITS}, '0')),
            :entry, :cause, :ownership, :registered_on
        from dead where days is null
        on conflict (unit_code) where ended_on is null do nothing
        returning urn, certificate_number
    ), held as (
        insert into holding (title, owner, numerator, denominator, since, name)
        select made.urn, i.owner, i.numerator, i.denominator, i.since, i.name
        {_HOLDINGS} cross join made
    )
    select certificate_number, days from dead left join made on true
    """
).bindparams(
    *_holdings,
    bindparam("urn", type_=Text()),
    bindparam("authority", type_=Text()),
    bindparam("unit_code", type_=Text()),
    bindparam("address", type_=LargeBinary()),
    bindparam("area", type_=Integer()),
    bindparam("use", type_=Text()),
    bindparam("price", type_=BigInteger()),
    bindparam("form", type_=Text()),
    bindparam("entry", type_=Text()),
    bindparam("cause", type_=Text()),
    bindparam("ownership", type_=Text()),
    bindparam("registered_on", type_=Date()),
)

# ``opened`` counts ``closed`` first: an owner's new row may only follow the closing of the old one, whose sealed name
# it takes over when nobody states a new one.
_SAVE = text(
    f"""
    with moved as (
        update title set version = :version, revision = revision + 1, address = coalesce(:address, address),
            area = :area, use = :use, price = :price, certificate_number = :certificate_number, entry = :entry,
            cause = :cause, ownership = :ownership, registered_on = :registered_on, ended_on = :ended_on
        where urn = :urn and version = :version - 1 and revision = :revision
        returning urn
    ), closed as (
        update holding set until = :until from moved
        where title = moved.urn and until is null and owner = any(:closing)
        returning id
    ), opened as (
        insert into holding (title, owner, numerator, denominator, since, name)
        select moved.urn, i.owner, i.numerator, i.denominator, i.since, coalesce(i.name, old.name)
        {_HOLDINGS}
        cross join moved cross join (select count(*) from closed) as first
        left join holding old on old.title = moved.urn and old.owner = i.owner and old.until is null
    )
    select urn from moved
    """
).bindparams(
    *_holdings,
    bindparam("closing", type_=ARRAY(Text())),
    bindparam("until", type_=Date()),
    bindparam("ended_on", type_=Date()),
    bindparam("address", type_=LargeBinary()),
)

_TOUCH = text(
    "update title set revision = revision + 1 where urn = :urn and version = :version and revision = :revision"
)
_NAME = text("update holding set name = :name where title = :title and owner = :owner and until is null")


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
    return (await (await session.connection()).execute(_LOAD, values)).one_or_none()


async def insert(
    session: AsyncSession, title: Title, names: Mapping[str, str], form: str
) -> tuple[str | None, Mapping[str, date]]:
    """Enter a new title. Its certificate's number, drawn into ``form``, and those of its owners who have died: then, and
    when another title of the same unit is in force, there is no number and nothing was entered."""
    values = _values(title) | _opening(title.ownership.holdings, names) | {"form": form}
    del values["certificate_number"]
    row = (await (await session.connection()).execute(_INSERT, values)).one()
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
    found = await (await session.connection()).execute(_SAVE, values)
    return found.scalar_one_or_none() is not None


async def touch(session: AsyncSession, title: Title) -> bool:
    """Note that something about the unit changed besides the title itself; False when ``title`` is no longer as read."""
    values = {"urn": title.urn, "version": title.version, "revision": title.revision}
    return (await (await session.connection()).execute(_TOUCH, values)).rowcount == 1


async def rename(session: AsyncSession, title: str, owner: str, name: str) -> None:
    """Another name as registered for one present owner."""
    await (await session.connection()).execute(_NAME, {"title": title, "owner": owner, "name": sealed_name(name)})


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
        Holding(owner, None if numerator is None else Fraction(numerator, denominator), date.fromisoformat(since))
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
        dead=_days(row.dead),
    )


def _days(text: str | None) -> dict[str, date]:
    return {person: date.fromisoformat(day) for person, day in orjson.loads(text or "{}").items()}
