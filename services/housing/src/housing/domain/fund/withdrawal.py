"""What lets a person take money out (Regulations 24), judged by the rules of the day of the application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from housing.domain.fund.account import Account
from housing.domain.fund.months import earlier
from housing.domain.fund.problems import (
    AmountMissing,
    AmountUnexpected,
    BalanceTooSmall,
    EvidenceMissing,
    HomeOwned,
    LoanOpen,
    MonthsMissing,
    PriceExceeded,
    ReasonNotInForce,
    RentBelowShare,
    YearLimitExceeded,
)

BOUGHT = {"purchase": "purchase", "building": "construction"}
"""How a home became the person's that each of these reasons can rest on."""
HOUSED = ("renovation", "property-fees")


@dataclass(frozen=True, slots=True)
class WithdrawalLaw:
    """The numbers of one day; limits in fen a year, None where the reason has none."""

    reasons: frozenset[str]
    closing: frozenset[str]
    rent_income_share: Fraction
    rent_without_home: bool
    rent_months: int
    purchase_months: int
    year_limit: int | None


@dataclass(frozen=True, slots=True)
class Home:
    """A title in force of the person, as the register has it; ``price`` in fen where it is known."""

    title: str
    registered_on: date
    cause: str
    price: int | None
    mortgaged: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What the registers know: nobody is asked for it. ``taken``: withdrawn for the same reason in the time that counts
    (:func:`counted_since`), in fen; ``months``: paid without a gap."""

    homes: Sequence[Home]
    loan_active: bool
    months: int
    taken: int


@dataclass(frozen=True, slots=True)
class Wish:
    """An application; money in fen."""

    reason: str
    amount: int | None = None
    evidence: str | None = None
    rent: int | None = None
    income: int | None = None


def judge(account: Account, wish: Wish, known: Situation, law: WithdrawalLaw, on: date) -> list[str]:
    """The titles that the application rests on; a Problem for what stands in its way."""
    account.require_live()
    if wish.reason not in law.reasons:
        raise ReasonNotInForce
    if wish.reason in law.closing:
        if wish.amount is not None:
            raise AmountUnexpected
        if known.loan_active:
            raise LoanOpen
        _require_paper(wish)
        return []
    if wish.amount is None:
        raise AmountMissing
    if wish.amount > account.balance:
        raise BalanceTooSmall
    if law.year_limit is not None and known.taken + wish.amount > law.year_limit:
        raise YearLimitExceeded
    if wish.reason == "rent":
        _rented(wish, known, law)
        return []
    homes = _homes(wish.reason, known, law, on)
    if not homes and not (wish.reason == "loan-repayment" and known.loan_active):
        _require_paper(wish)
    prices = [home.price for home in homes if home.price is not None]
    if wish.reason in BOUGHT and prices and known.taken + wish.amount > sum(prices):
        raise PriceExceeded
    return [home.title for home in homes]


def counted_since(reason: str, law: WithdrawalLaw, on: date) -> date:
    """Since when earlier withdrawals for a reason count: for a home as long as it is a reason, else this year's."""
    return earlier(on, law.purchase_months) if reason in BOUGHT else on.replace(month=1, day=1)


def _homes(reason: str, known: Situation, law: WithdrawalLaw, on: date) -> list[Home]:
    """Those of the person's homes that the reason can rest on."""
    if reason in BOUGHT:
        since = earlier(on, law.purchase_months)
        return [home for home in known.homes if home.cause == BOUGHT[reason] and home.registered_on >= since]
    if reason in HOUSED:
        return list(known.homes)
    return [home for home in known.homes if home.mortgaged]


def _rented(wish: Wish, known: Situation, law: WithdrawalLaw) -> None:
    if law.rent_without_home and known.homes:
        raise HomeOwned
    if known.months < law.rent_months:
        raise MonthsMissing
    if not law.rent_income_share:
        return
    if wish.rent is None or wish.income is None or wish.rent <= law.rent_income_share * wish.income:
        raise RentBelowShare


def _require_paper(wish: Wish) -> None:
    if not wish.evidence:
        raise EvidenceMissing
