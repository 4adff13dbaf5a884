"""An organisation that pays contributions: its rates, what it has paid and what it owes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from housing.domain.fund.problems import RateOutOfBounds


@dataclass(frozen=True, slots=True)
class Employer:
    """Rates in percent, money in fen; ``arrears_lines``: months of single employees that are in arrears."""

    urn: str
    version: int
    authority: str
    organisation: str
    uscc: str
    name: str
    employer_rate: int
    employee_rate: int
    since: date
    employees: int = 0
    paid: int = 0
    paid_until: date | None = None
    arrears: int = 0
    arrears_lines: int = 0

    @property
    def rates(self) -> tuple[int, int]:
        return self.employer_rate, self.employee_rate

    def received(self, amount: int, month: date, settled: int) -> Self:
        """One contribution came in; ``settled`` of it was in arrears."""
        newest = month if self.paid_until is None else max(self.paid_until, month)
        owed = replace(self, paid=self.paid + amount, paid_until=newest)
        return owed.owing(-settled, -1) if settled else owed

    def owing(self, amount: int, lines: int) -> Self:
        """``lines`` more months of employees are in arrears; negative when they are settled."""
        return replace(self, arrears=self.arrears + amount, arrears_lines=self.arrears_lines + lines)

    def employing(self, more: int) -> Self:
        """So many employees more, or fewer."""
        return replace(self, employees=self.employees + more)


def require_rates(rates: tuple[int, ...], minimum: int, maximum: int) -> None:
    """Each rate lies within the statutory bounds (Regulations 18)."""
    if not all(minimum <= rate <= maximum for rate in rates):
        raise RateOutOfBounds
