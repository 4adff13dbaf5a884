"""An independent judge of the fund's books: plain Python over days and sums, knowing the law's numbers by itself.

It imports nothing of the product. Interest is counted day by day, ledgers are lists, and each command answers the code of
its refusal or None.
"""

from calendar import monthrange
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
RATES = [
    (date(2015, 8, 26), Fraction(135, 10000)),
    (date(2015, 10, 24), Fraction(110, 10000)),
    (date(2016, 2, 21), Fraction(150, 10000)),
]
YEAR_DAYS = 360
FOR_GOOD = ("retirement",)
LIMIT = 10**15


def half_up(exact: Fraction) -> int:
    whole = exact.numerator // exact.denominator
    return whole + (1 if exact - whole >= Fraction(1, 2) else 0)


def rate_of(day: date) -> Fraction:
    return [rate for since, rate in RATES if since <= day][-1]


def cap(month: date) -> int:
    """Three times the local average, which changed on 1 July 2016."""
    return 3 * (468_000 if month < date(2016, 7, 1) else 560_000)


def first(day: date) -> date:
    return day.replace(day=1)


def after(month: date) -> date:
    return month + timedelta(days=monthrange(month.year, month.month)[1])


def before(month: date) -> date:
    return first(month - DAY)


@dataclass
class Ledger:
    """One account; ``lines`` are (day that counts, amount, kind)."""

    since: date
    state: str
    firm: int | None
    base: int
    rates: tuple[int, int]
    begins: date
    checked: date
    counted: date
    lines: list[tuple[date, int, str]] = field(default_factory=list)
    paid: set[date] = field(default_factory=set)
    owed: dict[date, tuple[int, int]] = field(default_factory=dict)
    why: str | None = None

    @property
    def balance(self) -> int:
        return sum(amount for _, amount, _ in self.lines)

    @property
    def due(self) -> int:
        return sum(half_up(Fraction(self.base * rate, 100)) for rate in self.rates)

    def put(self, day: date, amount: int, kind: str) -> None:
        self.lines.append((max(day, self.counted), amount, kind))

    def interest(self, until: date) -> None:
        """Every day by itself."""
        exact, day = Fraction(0), self.counted
        while day < until:
            exact += sum(amount for on, amount, _ in self.lines if on <= day) * rate_of(day) / YEAR_DAYS
            day += DAY
        self.counted = until
        if (amount := half_up(exact)) > 0:
            self.lines.append((until, amount, "interest"))


class Model:
    """People and firms are small numbers."""

    def __init__(self, day: date, firms: list[tuple[int, int]]) -> None:
        self.day, self.firms = day, firms
        self.ledgers: dict[int, list[Ledger]] = {}
        self.certificates: set[str] = set()
        self.same: dict[int, int] = {}
        self.totals = [[0, 0] for _ in firms]
        """Paid and owed, by firm."""

    def who(self, person: int) -> int:
        return self.who(self.same[person]) if person in self.same else person

    def live(self, person: int) -> Ledger | None:
        return next((each for each in self.ledgers.get(self.who(person), []) if each.state != "closed"), None)

    def newest_closed(self, person: int) -> Ledger | None:
        closed = [each for each in self.ledgers.get(self.who(person), []) if each.state == "closed"]
        return closed[-1] if closed else None

    def pass_days(self, days: int) -> None:
        self.day += days * DAY
        last = self._last_due()
        for ledger in (each for all_ in self.ledgers.values() for each in all_):
            if ledger.state == "open":
                self._owe(ledger, last)
            if ledger.state != "closed":
                self._statutory(ledger)

    def enrol(self, person: int, firm: int, wage: int) -> str | None:
        live, closed = self.live(person), self.newest_closed(person)
        if live is None and closed is not None and closed.why in FOR_GOOD:
            return "fund-account-closed"
        if live is not None and live.state == "open":
            return "fund-account-open"
        month = first(self.day)
        if live is None:
            live = Ledger(self.day, "open", firm, 0, (0, 0), month, month, self.day)
            self.ledgers.setdefault(self.who(person), []).append(live)
        live.state, live.firm, live.base, live.rates = "open", firm, min(wage, cap(month)), self.firms[firm]
        live.begins = live.checked = month
        return None

    def leave(self, person: int, firm: int) -> str | None:
        live = self.live(person)
        if live is None or live.state != "open" or live.firm != firm:
            return "not-employed-here"
        self._seal(live)
        return None

    def pay(self, person: int, firm: int, months_back: int, off: int) -> str | None:
        live, month = self.live(person), first(self.day)
        for _ in range(months_back):
            month = before(month)
        known = live is not None and (month in live.paid or month in live.owed)
        if live is not None and month in live.owed and live.owed[month][1] != firm:
            return "contribution-list-refused"
        if live is None or (live.firm != firm and not (month in live.owed and live.owed[month][1] == firm)):
            return "contribution-list-refused"
        if month in live.paid or (not known and (live.state == "sealed" or month < live.begins)):
            return "contribution-list-refused"
        due = live.owed[month][0] if month in live.owed else live.due
        if off or due == 0 or live.balance + due > LIMIT:
            return "contribution-list-refused"
        live.put(self.day, due, "contribution")
        live.paid.add(month)
        self.totals[firm][0] += due
        if month in live.owed:
            self.totals[firm][1] -= live.owed.pop(month)[0]
        return None

    def withdraw(self, person: int, amount: int) -> str | None:
        live = self.live(person)
        if live is None:
            return "fund-account-closed" if self.newest_closed(person) else "not-found"
        if amount > live.balance:
            return "balance-too-small"
        live.put(self.day, -amount, "withdrawal")
        return None

    def retire(self, person: int) -> str | None:
        live = self.live(person)
        if live is None:
            return "fund-account-closed" if self.newest_closed(person) else "not-found"
        if live.state == "open":
            self._seal(live)
        self._close(live, "withdrawal", "retirement")
        return None

    def move_out(self, person: int, certificate: str) -> str | None:
        live = self.live(person)
        if live is None:
            return "fund-account-closed" if self.newest_closed(person) else "not-found"
        if live.state == "open":
            return "fund-account-not-sealed"
        if certificate in self.certificates:
            return "transfer-certificate-used"
        self.certificates.add(certificate)
        self._close(live, "transfer-out", "transfer-out")
        return None

    def move_in(self, person: int, certificate: str, amount: int) -> str | None:
        live = self.live(person)
        if live is None:
            return "fund-account-closed" if self.newest_closed(person) else "not-found"
        if live.balance + amount > LIMIT:
            return "balance-out-of-range"
        if certificate in self.certificates:
            return "transfer-certificate-used"
        self.certificates.add(certificate)
        live.put(self.day, amount, "transfer-in")
        return None

    def correct(self, person: int, amount: int) -> str | None:
        live = self.live(person)
        if live is None:
            return "fund-account-closed" if self.newest_closed(person) else "not-found"
        if live.balance + amount < 0:
            return "balance-too-small"
        if live.balance + amount > LIMIT:
            return "balance-out-of-range"
        live.put(self.day, amount, "correction")
        return None

    def merge(self, losing: int, into: int) -> str | None:
        losing, into = self.who(losing), self.who(into)
        if losing == into:
            return None
        one, other = self.live(into), self.live(losing)
        if one is not None and other is not None:
            if one.state == "sealed" and other.state == "open":
                one, other = other, one
            trial = deepcopy(other)
            self._interest_to_date(trial)
            if trial.balance and one.balance + trial.balance > LIMIT:
                return "balance-out-of-range"
            self._carry(one, other)
        self.ledgers.setdefault(into, []).extend(self.ledgers.pop(losing, []))
        self.same[losing] = into
        return None

    def _carry(self, target: Ledger, source: Ledger) -> None:
        if source.state == "open":
            self._seal(source)
        self._interest_to_date(source)
        amount = source.balance
        if amount:
            source.put(self.day, -amount, "transfer-out")
            target.put(self.day, amount, "transfer-in")
        for month, (due, firm) in source.owed.items():
            if month in target.paid or month in target.owed:
                self.totals[firm][1] -= due
            else:
                target.owed[month] = (due, firm)
        source.owed, source.state, source.why, source.firm = {}, "closed", "merged", None

    def _seal(self, ledger: Ledger) -> None:
        self._owe(ledger, min(first(self.day), self._last_due()))
        ledger.state, ledger.firm = "sealed", None

    def _close(self, ledger: Ledger, kind: str, why: str) -> None:
        self._interest_to_date(ledger)
        if ledger.balance:
            ledger.put(self.day, -ledger.balance, kind)
        ledger.state, ledger.why, ledger.firm = "closed", why, None

    def _interest_to_date(self, ledger: Ledger) -> None:
        self._statutory(ledger)
        if ledger.counted < self.day:
            ledger.interest(self.day)

    def _statutory(self, ledger: Ledger) -> None:
        for year in range(ledger.counted.year, self.day.year + 1):
            on = date(year, 6, 30)
            if ledger.counted < on <= self.day:
                ledger.interest(on)

    def _owe(self, ledger: Ledger, last: date) -> None:
        assert ledger.firm is not None
        while ledger.checked <= last:
            if ledger.checked not in ledger.paid and ledger.checked not in ledger.owed:
                ledger.owed[ledger.checked] = (ledger.due, ledger.firm)
                self.totals[ledger.firm][1] += ledger.due
            ledger.checked = after(ledger.checked)

    def _last_due(self) -> date:
        """A month is late from the sixth of the next one."""
        month = before(first(self.day))
        return month if self.day.day > 5 else before(month)
