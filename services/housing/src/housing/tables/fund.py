"""The provident fund's tables; money in fen, months by their first day, rates in percent."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from housing.tables.base import Row

live = text("state <> 'closed'")


class FundEmployerRow(Row, table=True):
    """An enrolled employer with its totals."""

    __tablename__: Any = "fund_employer"

    urn: str = Field(primary_key=True)
    version: int
    authority: str
    organisation: str = Field(unique=True)
    uscc: str = Field(unique=True)
    name: str
    employer_rate: int
    employee_rate: int
    since: date
    employees: int
    paid: int = Field(sa_type=BigInteger)
    paid_until: date | None
    arrears: int = Field(sa_type=BigInteger)
    arrears_lines: int


class FundAccountRow(Row, table=True):
    """An account; nobody has two that are not closed."""

    __tablename__: Any = "fund_account"
    __table_args__ = (
        Index("fund_account_one_live", "person", unique=True, postgresql_where=live),
        Index("fund_account_person", "person"),
        Index("fund_account_interest", "interest_until", postgresql_where=live),
        Index("fund_account_arrears", "checked", postgresql_where=text("state = 'open'")),
    )

    urn: str = Field(primary_key=True)
    version: int
    authority: str
    person: str
    kind: str
    state: str
    employer: str | None = Field(foreign_key="fund_employer.urn")
    employer_name: str | None
    base: int = Field(sa_type=BigInteger)
    employer_rate: int
    employee_rate: int
    balance: int = Field(sa_type=BigInteger)
    lines: int
    arrears: int = Field(sa_type=BigInteger)
    since: date
    paid_from: date
    checked: date
    paid_until: date | None
    interest_until: date
    sealed_on: date | None
    closed_on: date | None
    closed_because: str | None
    pending: str | None


class FundEntryRow(Row, table=True):
    """A line of a ledger; written once. ``version`` rises when the record is filed under another name."""

    __tablename__: Any = "fund_entry"
    __table_args__ = (
        Index("fund_entry_line", "account", "line", unique=True),
        Index("fund_entry_value", "account", "value_on"),
    )

    urn: str = Field(primary_key=True)
    version: int
    account: str = Field(foreign_key="fund_account.urn")
    line: int
    kind: str
    amount: int = Field(sa_type=BigInteger)
    balance_after: int = Field(sa_type=BigInteger)
    month: date | None
    value_on: date
    note: str | None


class FundMonthRow(Row, table=True):
    """A month of an account: paid, or in arrears while ``paid_on`` is null."""

    __tablename__: Any = "fund_month"

    account: str = Field(primary_key=True, foreign_key="fund_account.urn")
    month: date = Field(primary_key=True)
    employer: str | None = Field(foreign_key="fund_employer.urn")
    due: int = Field(sa_type=BigInteger)
    paid_on: date | None


class FundLoanRow(Row, table=True):
    """A loan. Nobody is granted two at once; a person who turned out to be two records of one may owe both."""

    __tablename__: Any = "fund_loan"
    __table_args__ = (Index("fund_loan_person", "person"),)

    urn: str = Field(primary_key=True)
    version: int
    authority: str
    person: str
    account: str = Field(foreign_key="fund_account.urn")
    title: str | None
    principal: int = Field(sa_type=BigInteger)
    outstanding: int = Field(sa_type=BigInteger)
    annual_rate: str
    months: int
    granted_on: date
    interest_until: date
    repaid_on: date | None


class FundTransferRow(Row, table=True):
    """A certificate of a transfer between cities: each counts once."""

    __tablename__: Any = "fund_transfer"

    certificate: str = Field(primary_key=True)
    account: str = Field(foreign_key="fund_account.urn")


class FundCarriedRow(Row, table=True):
    """What one ledger took over from another when two persons turned out to be one; ``state``: the source's before."""

    __tablename__: Any = "fund_carried"

    source: str = Field(primary_key=True, foreign_key="fund_account.urn")
    target: str = Field(foreign_key="fund_account.urn")
    amount: int = Field(sa_type=BigInteger)
    state: str


FUND_TABLES = (
    FundEmployerRow,
    FundAccountRow,
    FundEntryRow,
    FundMonthRow,
    FundLoanRow,
    FundTransferRow,
    FundCarriedRow,
)
