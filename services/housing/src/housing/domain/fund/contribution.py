"""One contribution: one person, one month, one sum (Regulations 16 to 20)."""

from dataclasses import dataclass, replace
from datetime import date

from housing.domain.fund.account import Account, Entry
from housing.domain.fund.months import first
from housing.domain.fund.problems import (
    AccountSealed,
    ContributionAmountWrong,
    ContributionRepeated,
    MonthBeforeAccount,
    MonthInFuture,
)
from housing.domain.problems import DateInFuture


@dataclass(frozen=True, slots=True)
class MonthDue:
    """What was due for a month and who pays it; ``paid_on`` None: in arrears."""

    account: str
    month: date
    employer: str | None
    due: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Payment:
    """``wage``: last year's average, where the line states it anew; money in fen."""

    month: date
    amount: int
    paid_on: date
    wage: int | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """What a payment leads to; ``settled``: what was in arrears."""

    account: Account
    entry: Entry
    month: MonthDue
    settled: int


def contribute(
    account: Account, known: MonthDue | None, payment: Payment, base_limit: int, today: date, urn: str
) -> Booked:
    """Book a payment; ``known`` is what the books say of its month. A month in arrears is paid as it was due then, any
    other by the present base, which ``wage`` sets anew within ``base_limit``."""
    account.require_live()
    if payment.paid_on > today:
        raise DateInFuture
    if payment.month > first(payment.paid_on):
        raise MonthInFuture
    if known is not None and known.paid_on is not None:
        raise ContributionRepeated
    if known is None:
        if account.state == "sealed":
            raise AccountSealed
        if payment.month < account.paid_from:
            raise MonthBeforeAccount
        if payment.wage is not None:
            account = replace(account, base=min(payment.wage, base_limit))
    due = account.due if known is None else known.due
    if payment.amount != due:
        raise ContributionAmountWrong
    settled = 0 if known is None else known.due
    after, entry = account.moved(urn, "contribution", payment.amount, payment.paid_on, month=payment.month)
    newest = payment.month if after.paid_until is None else max(after.paid_until, payment.month)
    after = replace(after, paid_until=newest, arrears=after.arrears - settled)
    payer = account.employer if known is None else known.employer
    return Booked(after, entry, MonthDue(account.urn, payment.month, payer, due, payment.paid_on), settled)
