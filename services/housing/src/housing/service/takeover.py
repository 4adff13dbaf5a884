"""Taking over what an older system has: many titles at once, each as its first version here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from onewindow_kit import clock
from onewindow_kit.problems import Problem
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.mortgage import Mortgage
from housing.domain.ownership import Claim, Form, Ownership
from housing.domain.problems import UnitAlreadyRegistered
from housing.domain.title import Cause, Entry, Title
from housing.service.registry import Registry
from housing.store import bulk, people

LEGAL_BASIS = "历史数据移交 / taken over from the earlier registry"
OFFICE = "title-registry"


@dataclass(frozen=True, slots=True)
class Lien:
    """A mortgage to take over; ``secured`` in fen."""

    mortgagee_name: str
    mortgagee_code: str
    certificate_number: str
    registered_on: date
    secured: int
    debt_from: date
    debt_until: date
    no_transfer: bool


@dataclass(frozen=True, slots=True)
class Takeover:
    """A title to take over; ``shares`` and ``names`` are in the order of its owners, who come separately."""

    unit_code: str
    address: str
    area_m2: str
    use: str
    entry: Entry
    cause: Cause
    price: int | None
    registered_on: date
    certificate_number: str
    form: Form
    shares: Sequence[Fraction | None]
    names: Sequence[str]
    mortgage: Lien | None


async def titles(
    session: AsyncSession, registry: Registry, wanted: Sequence[tuple[Takeover, Sequence[str]]]
) -> list[tuple[int, type[Problem] | Problem]]:
    """Store and publish titles with their owners' pseudonyms; the index of each one that is refused, and why.

    A unit that stands here already under the same certificate is left as it is, so that overlapping files change
    nothing twice; under another one it is refused.
    """
    known = await bulk.certificates_in_force(session, [title.unit_code for title, _ in wanted])
    dead = await people.dead_among(session, {person for _, persons in wanted for person in persons})
    authority = f"{registry.records.instance}.{OFFICE}"
    now = clock.now()
    made: list[tuple[Title, dict[str, str]]] = []
    records: list[Record] = []
    refused: list[tuple[int, type[Problem] | Problem]] = []
    for index, (each, persons) in enumerate(wanted):
        if (certificate := known.get(each.unit_code)) is not None:
            if certificate != each.certificate_number:
                refused.append((index, UnitAlreadyRegistered))
            continue
        try:
            title = _title(each, persons, authority)
        except Problem as why:
            refused.append((index, why))
            continue
        known[each.unit_code] = each.certificate_number
        title = replace(title, dead={owner: dead[owner] for owner in persons if owner in dead}) if dead else title
        made.append((title, dict(zip(persons, each.names, strict=True))))
        records.append(events.title_record(title, "created", each.registered_on, now, LEGAL_BASIS))
        for lien in title.mortgages:
            day = lien.registered_on
            records.append(events.mortgage_record(lien, title.ownership, "created", day, now, LEGAL_BASIS))
    if made:
        await bulk.insert(session, made)
        await registry.records.publish(session, *records)
    return refused


def _title(each: Takeover, persons: Sequence[str], authority: str) -> Title:
    claims = [Claim(person, share) for person, share in zip(persons, each.shares, strict=True)]
    urn = new_urn(authority, "title")
    return Title(
        urn=urn,
        version=1,
        revision=1,
        authority=authority,
        unit_code=each.unit_code,
        address=each.address,
        area=events.area_of(each.area_m2),
        use=each.use,
        price=each.price,
        certificate_number=each.certificate_number,
        entry=each.entry,
        cause=each.cause,
        registered_on=each.registered_on,
        ownership=Ownership.agree(claims, each.form, each.registered_on),
        mortgages=(_mortgage(each.mortgage, urn, each.unit_code, authority),) if each.mortgage else (),
    )


def _mortgage(lien: Lien, title: str, unit_code: str, authority: str) -> Mortgage:
    return Mortgage(
        urn=new_urn(authority, "mortgage"),
        version=1,
        title=title,
        authority=authority,
        unit_code=unit_code,
        kind="ordinary",
        mortgagee_name=lien.mortgagee_name,
        mortgagee_code=lien.mortgagee_code,
        secured=lien.secured,
        debt_from=lien.debt_from,
        debt_until=lien.debt_until,
        no_transfer=lien.no_transfer,
        certificate_number=lien.certificate_number,
        rank=1,
        registered_on=lien.registered_on,
    )
