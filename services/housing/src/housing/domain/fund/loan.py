"""A loan of the fund: what it needs, and how it is paid back (Regulations 26)."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Self

from housing.domain.fund.account import Account
from housing.domain.fund.interest import RateSpan, accrued
from housing.domain.fund.problems import (
    LoanLimitExceeded,
    LoanOpen,
    LoanRepaid,
    LoanTermTooLong,
    MonthsMissing,
    RepaymentBelowInterest,
    RepaymentTooLarge,
)


@dataclass(frozen=True, slots=True)
class LoanLaw:
    """The numbers of one day: ``limit`` in fen, ``multiple`` of the balance, ``months`` paid before, ``term`` at most."""

    limit: int
    multiple: int
    months: int
    term: int


@dataclass(frozen=True, slots=True)
class Loan:
    """Money in fen; ``annual_rate`` is a part of one as text, fixed when it is granted."""

    urn: str
    version: int
    authority: str
    person: str
    account: str
    title: str | None
    principal: int
    outstanding: int
    annual_rate: str
    months: int
    granted_on: date
    interest_until: date
    repaid_on: date | None = None

    def interest(self, on: date, year_days: int) -> int:
        """What is owed for the days since the last payment, rounded half up to the fen."""
        rate = RateSpan(self.granted_on, None, Fraction(self.annual_rate))
        movement = (self.interest_until, self.outstanding)
        return accrued([movement], self.interest_until, on, [rate], year_days)

    def repaid(self, amount: int, on: date, year_days: int) -> Self:
        """``amount`` pays the interest first, then principal."""
        if self.repaid_on is not None:
            raise LoanRepaid
        interest = self.interest(on, year_days)
        if amount < interest:
            raise RepaymentBelowInterest
        outstanding = self.outstanding - (amount - interest)
        if outstanding < 0:
            raise RepaymentTooLarge
        return replace(self, outstanding=outstanding, interest_until=on, repaid_on=None if outstanding else on)


def require_lendable(account: Account, amount: int, term: int, paid: int, active: bool, law: LoanLaw) -> None:
    """A loan of ``amount`` for ``term`` months may be asked for; ``paid``: months paid without a gap."""
    account.require_open()
    if active:
        raise LoanOpen
    if paid < law.months:
        raise MonthsMissing
    if amount > law.limit or amount > law.multiple * account.balance:
        raise LoanLimitExceeded
    if term > law.term:
        raise LoanTermTooLong
