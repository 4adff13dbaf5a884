"""Offers of first refusal, the title that a case is about, and heirs who renounced."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from onewindow_kit.cases.table import case_file
from sqlalchemy import delete, literal, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.offer import Offer
from housing.store.fresh import FRESH
from housing.tables import ApplicationRow, OfferRow, RenunciationRow


async def find(session: AsyncSession, urn: str) -> Offer | None:
    """An offer as it is."""
    rows = (await session.exec(select(OfferRow).where(OfferRow.urn == urn).execution_options(**FRESH))).all()
    return _offer(rows[0]) if rows else None


async def hold(session: AsyncSession, urn: str) -> Offer | None:
    """An offer, its case and then itself locked until the transaction ends: everybody takes the two in that order."""
    query = select(case_file.c.urn).join(OfferRow, col(OfferRow.case_urn) == case_file.c.urn)
    await session.exec(query.where(col(OfferRow.urn) == urn).with_for_update(of=case_file))
    return await _one(session, col(OfferRow.urn) == urn)


async def of_case(session: AsyncSession, case: str) -> Offer | None:
    """The offer that a sale waits for, locked until the transaction ends."""
    return await _one(session, col(OfferRow.case_urn) == case)


async def add(session: AsyncSession, offer: Offer) -> None:
    """Make an offer."""
    await (await session.connection()).execute(insert(OfferRow).values(**_values(offer)))


async def save(session: AsyncSession, after: Offer) -> bool:
    """Store the next version of an offer; False when it has changed since."""
    before = (col(OfferRow.urn) == after.urn, col(OfferRow.version) == after.version - 1)
    done = await (await session.connection()).execute(update(OfferRow).where(*before).values(**_values(after)))
    return done.rowcount == 1


async def due(session: AsyncSession, on: date, limit: int) -> list[str]:
    """URNs of open offers whose last day has passed."""
    query = select(OfferRow.urn).where(OfferRow.state == "open", OfferRow.respond_by < on)
    return list(await session.exec(query.order_by(OfferRow.urn).limit(limit)))


async def of_person(session: AsyncSession, person: str) -> list[Offer]:
    """Every offer that a person made or got, in order of URN."""
    query = select(OfferRow).where(or_(OfferRow.seller == person, col(OfferRow.answers).has_key(person)))  # type: ignore[attr-defined]  # JSONB
    return [_offer(row) for row in await session.exec(query.order_by(OfferRow.urn).execution_options(**FRESH))]


async def note_title(session: AsyncSession, case: str, title: str) -> None:
    """A case is about a title."""
    await (await session.connection()).execute(insert(ApplicationRow).values(case_urn=case, title=title))


async def title_of(session: AsyncSession, case: str) -> str | None:
    """The title that a case is about."""
    query = select(ApplicationRow.title).where(ApplicationRow.case_urn == case)
    return (await session.exec(query)).one_or_none()


async def open_cases(session: AsyncSession, title: str, kind: str) -> bool:
    """Whether a case of that kind about the title is still open."""
    query = (
        select(ApplicationRow.case_urn)
        .join(case_file, case_file.c.urn == ApplicationRow.case_urn)
        .where(ApplicationRow.title == title, case_file.c.kind == kind)
        .where(case_file.c.state.in_(("awaiting-parties", "pending")))
        .limit(1)
    )
    return (await session.exec(query)).first() is not None


async def renounce(session: AsyncSession, case: str, heir: str, on: date) -> None:
    """An heir does not want to inherit; who was named twice and is one person may say so twice."""
    said = insert(RenunciationRow).values(case_urn=case, heir=heir, renounced_on=on)
    await (await session.connection()).execute(said.on_conflict_do_nothing())


async def renounced(session: AsyncSession, case: str) -> frozenset[str]:
    """Who renounced in a case."""
    query = select(RenunciationRow.heir).where(RenunciationRow.case_urn == case)
    return frozenset(await session.exec(query))


async def rename_heir(session: AsyncSession, case: str, old: str, new: str) -> None:
    """The heir goes by another pseudonym, under which the same person may have renounced too."""
    connection = await session.connection()
    mine = (col(RenunciationRow.case_urn) == case, col(RenunciationRow.heir) == old)
    moved = select(RenunciationRow.case_urn, literal(new), RenunciationRow.renounced_on).where(*mine)
    said = insert(RenunciationRow).from_select(["case_urn", "heir", "renounced_on"], moved)
    await connection.execute(said.on_conflict_do_nothing())
    await connection.execute(delete(RenunciationRow).where(*mine))


async def _one(session: AsyncSession, where: Any) -> Offer | None:
    rows: Sequence[OfferRow] = (
        await session.exec(select(OfferRow).where(where).with_for_update().execution_options(**FRESH))
    ).all()
    return _offer(rows[0]) if rows else None


def _values(offer: Offer) -> dict[str, Any]:
    names = ("urn", "version", "title", "authority", "unit_code", "seller", "price", "opened_on", "respond_by")
    values = {name: getattr(offer, name) for name in (*names, "state", "closed_on")}
    share = {"numerator": offer.share.numerator, "denominator": offer.share.denominator}
    return values | share | {"case_urn": offer.case, "answers": dict(offer.answers)}


def _offer(row: OfferRow) -> Offer:
    kept = row.model_dump(exclude={"numerator", "denominator", "case_urn"})
    return Offer(**kept, case=row.case_urn, share=Fraction(row.numerator, row.denominator))
