"""A person's account: what its state lets happen, and the ledger that every movement leaves a line in."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

from housing.domain.fund.money import LARGEST, part
from housing.domain.fund.problems import (
    AccountClosed,
    AccountOpen,
    AccountSealed,
    BalanceOutOfRange,
    BalanceTooSmall,
    WithdrawalPending,
)

Kind = Literal["employed", "self-employed"]
State = Literal["open", "sealed", "closed"]
Closing = Literal["retirement", "emigration", "incapacity", "death", "transfer-out", "merged"]
Movement = Literal[
    "contribution", "interest", "withdrawal", "transfer-in", "transfer-out", "loan-repayment", "correction", "death"
]
RETURNING: tuple[Closing, ...] = ("transfer-out", "merged")
"""Who left the city's fund this way may have a new account; other closings are for good (Regulations 24)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger; ``amount`` in fen, negative out of the account. Lines never change."""

    urn: str
    version: int
    account: str
    line: int
    kind: Movement
    amount: int
    balance_after: int
    month: date | None
    value_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """Money in fen, rates in percent. ``arrears``: what employers owe to it. ``paid_from``: the first month that the
    present payer is to pay; ``checked``: the first month not yet looked at for arrears; ``interest_until``: interest is
    credited for the days before; ``pending``: the case that is to draw on it."""

    urn: str
    version: int
    authority: str
    person: str
    kind: Kind
    state: State
    employer: str | None
    employer_name: str | None
    base: int
    employer_rate: int
    employee_rate: int
    balance: int
    lines: int
    arrears: int
    since: date
    paid_from: date
    checked: date
    paid_until: date | None
    interest_until: date
    sealed_on: date | None = None
    closed_on: date | None = None
    closed_because: Closing | None = None
    pending: str | None = None

    @property
    def due(self) -> int:
        """A month's contribution: each part is base times rate, rounded by itself."""
        return part(self.base, self.employer_rate) + part(self.base, self.employee_rate)

    def require_live(self) -> None:
        """A closed account takes and gives nothing."""
        if self.state == "closed":
            raise AccountClosed

    def require_open(self) -> None:
        """Somebody pays for it."""
        self.require_live()
        if self.state == "sealed":
            raise AccountSealed

    def require_idle(self) -> None:
        """No application is under way that is to draw on it."""
        if self.pending is not None:
            raise WithdrawalPending

    def moved(
        self,
        urn: str,
        kind: Movement,
        amount: int,
        value_on: date,
        *,
        month: date | None = None,
        note: str | None = None,
    ) -> tuple[Self, Entry]:
        """The account and its new line ``urn``. Days whose interest is credited are not opened again: money that is
        booked for one of them counts from the first day after. A limit keeps sums within what numbers hold; interest is
        credited whatever the balance is."""
        self.require_live()
        balance = self.balance + amount
        if balance < 0:
            raise BalanceTooSmall
        if balance > LARGEST and amount > 0 and kind != "interest":
            raise BalanceOutOfRange
        value_on = max(value_on, self.interest_until)
        entry = Entry(urn, 1, self.urn, self.lines + 1, kind, amount, balance, month, value_on, note)
        return replace(self, balance=balance, lines=entry.line), entry

    def sealed(self, on: date) -> Self:
        """Nobody pays any more; the ledger stays, with its interest."""
        self.require_open()
        return replace(self, state="sealed", employer=None, sealed_on=on)

    def hired(self, employer: str, name: str, rates: tuple[int, int], base: int, month: date) -> Self:
        """A new employer pays from ``month`` on, also for who has paid alone so far; nobody has two employers."""
        self._require_no_employer()
        employer_rate, employee_rate = rates
        return replace(
            self,
            kind="employed",
            state="open",
            employer=employer,
            employer_name=name,
            employer_rate=employer_rate,
            employee_rate=employee_rate,
            base=base,
            paid_from=month,
            checked=month,
            sealed_on=None,
        )

    def joined(self, rate: int, base: int, month: date) -> Self:
        """Its holder pays alone from ``month`` on."""
        self.require_live()
        if self.state == "open":
            raise AccountOpen
        changed = {"kind": "self-employed", "state": "open", "employer": None, "employer_name": None}
        rates = {"employer_rate": 0, "employee_rate": rate, "base": base}
        return replace(self, **changed, **rates, paid_from=month, checked=month, sealed_on=None)

    def closed(self, because: Closing, on: date) -> Self:
        """For good, once nothing is left in it."""
        self.require_live()
        assert self.balance == 0, "an account is emptied before it is closed"
        return replace(self, state="closed", employer=None, closed_on=on, closed_because=because, pending=None)

    def _require_no_employer(self) -> None:
        self.require_live()
        if self.employer is not None:
            raise AccountOpen
