"""Loans, certificates of transfers, and what the register knows of homes."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import any_, exists
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.loan import Loan
from housing.domain.fund.withdrawal import Home
from housing.store.arrays import array_of
from housing.tables import HoldingRow, MortgageRow, TitleRow
from housing.tables.fund import FundCarriedRow, FundLoanRow, FundTransferRow

FIELDS = tuple(field.name for field in fields(Loan))
assert set(FIELDS) == set(FundLoanRow.model_fields)
_SELECT = select(*(col(getattr(FundLoanRow, name)) for name in FIELDS))


@dataclass(frozen=True, slots=True)
class Carried:
    """What ``target``'s ledger took over from ``source``'s, in fen; ``state``: the source's before."""

    source: str
    target: str
    amount: int
    state: str


async def find(session: AsyncSession, urn: str) -> Loan | None:
    """A loan, not locked."""
    row = (await (await session.connection()).execute(_SELECT.where(FundLoanRow.urn == urn))).one_or_none()
    return None if row is None else Loan(*row)


async def hold(session: AsyncSession, urn: str) -> Loan | None:
    """A loan, locked until the transaction ends."""
    query = _SELECT.where(FundLoanRow.urn == urn).with_for_update()
    row = (await (await session.connection()).execute(query)).one_or_none()
    return None if row is None else Loan(*row)


async def of_person(session: AsyncSession, person: str) -> list[Loan]:
    """A person's loans, repaid ones too, locked."""
    query = _SELECT.where(FundLoanRow.person == person).order_by(FundLoanRow.urn).with_for_update()
    return [Loan(*row) for row in (await (await session.connection()).execute(query)).all()]


async def active(session: AsyncSession, person: str) -> bool:
    """Whether a person owes money to the fund."""
    query = select(FundLoanRow.urn).where(FundLoanRow.person == person, col(FundLoanRow.repaid_on).is_(None))
    return (await session.exec(query.limit(1))).first() is not None


async def note_certificate(session: AsyncSession, certificate: str, account: str) -> bool:
    """Remember a transfer's certificate; False when it is in the books already."""
    new = insert(FundTransferRow).values(certificate=certificate, account=account).on_conflict_do_nothing()
    return (await (await session.connection()).execute(new)).rowcount == 1


async def homes(session: AsyncSession, person: str) -> list[Home]:
    """The titles in force that a person owns or co-owns."""
    pledged = exists().where(col(MortgageRow.title) == TitleRow.urn, col(MortgageRow.ended_on).is_(None))
    query = (
        select(TitleRow.urn, TitleRow.registered_on, TitleRow.cause, TitleRow.price, pledged)
        .join(HoldingRow, col(HoldingRow.title) == TitleRow.urn)
        .where(HoldingRow.owner == person, col(HoldingRow.until).is_(None), col(TitleRow.ended_on).is_(None))
        .order_by(col(TitleRow.registered_on).desc(), TitleRow.urn)
    )
    return [Home(*row) for row in (await session.exec(query)).all()]


async def carried(session: AsyncSession, accounts: Collection[str]) -> list[Carried]:
    """What any of ``accounts`` took over, or was taken over with."""
    named = any_(array_of(accounts))
    query = select(FundCarriedRow).where((col(FundCarriedRow.target) == named) | (col(FundCarriedRow.source) == named))
    return [Carried(row.source, row.target, row.amount, row.state) for row in await session.exec(query)]
