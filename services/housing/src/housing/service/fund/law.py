"""What contracts say that the fund must ask: its numbers as of a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from onewindow_contracts.calendar import WorkingDays
from onewindow_contracts.loader import Contracts

from housing.domain.fund import months
from housing.domain.fund.employer import require_rates
from housing.domain.fund.interest import RateSpan
from housing.domain.fund.loan import LoanLaw
from housing.domain.fund.problems import SelfEmployedNotAdmitted
from housing.domain.fund.withdrawal import WithdrawalLaw


@dataclass(frozen=True, slots=True)
class FundLaw:
    """``contracts`` as loaded when the process started. A day before a rule's first value raises NotYetInForce."""

    contracts: Contracts

    def require_rates(self, rates: tuple[int, ...], on: date) -> None:
        """Rates within the bounds of a day."""
        minimum = self.contracts.parameter("housing.fund-rate-minimum", on)
        require_rates(rates, minimum, self.contracts.parameter("housing.fund-rate-maximum", on))

    def base(self, wage: int, month: date) -> int:
        """The base that an average wage gives for contributions from ``month`` on, in fen."""
        return min(wage, self.base_limit(month))

    def base_limit(self, month: date) -> int:
        """The highest base of a month, in fen."""
        average = self.contracts.parameter("housing.fund-average-wage", month)
        return average * self.contracts.parameter("housing.fund-base-multiple", month)

    def remit_by(self, month: date) -> date:
        """The last day on which a month's contributions are in time."""
        return months.deadline(month, self.contracts.parameter("housing.fund-remittance-days", month))

    def last_month_due(self, today: date) -> date:
        """The newest month that had to be paid before ``today``."""
        month = months.before(months.first(today))
        return month if self.remit_by(month) < today else months.before(month)

    def interest_days(self, today: date) -> str:
        """The statutory day of interest, ``MM-DD``."""
        return self.contracts.parameter("housing.fund-interest-day", today)

    def interest_year(self, on: date) -> int:
        """Days of a year in the interest formula."""
        return self.contracts.parameter("housing.fund-interest-year", on)

    def interest_rates(self) -> list[RateSpan]:
        """All rates on accounts with the days from which they hold."""
        values = self.contracts.parameters["housing.fund-interest-rate"].values
        return [RateSpan(each.since, each.until, Fraction(each.value)) for each in values]

    def withdrawal(self, reason: str, on: date) -> WithdrawalLaw:
        """What a withdrawal for ``reason`` that was applied for on a day is judged by."""
        ask = self.contracts.parameter
        reasons = frozenset(ask("housing.fund-withdrawal-reasons", on))
        limit = None
        if reason == "rent":
            limit = ask("housing.fund-rent-year-limit", on)
        elif reason == "property-fees" and reason in reasons:
            limit = ask("housing.fund-fees-year-limit", on)
        return WithdrawalLaw(
            reasons=reasons,
            closing=frozenset(ask("housing.fund-closing-reasons", on)),
            rent_income_share=Fraction(ask("housing.fund-rent-income-share", on)),
            rent_without_home=ask("housing.fund-rent-without-home", on),
            rent_months=ask("housing.fund-rent-months", on),
            purchase_months=ask("housing.fund-purchase-months", on),
            year_limit=limit,
        )

    def loan(self, on: date) -> LoanLaw:
        """What a loan that was applied for on a day is judged by."""
        ask = self.contracts.parameter
        return LoanLaw(
            limit=ask("housing.fund-loan-limit", on),
            multiple=ask("housing.fund-loan-multiple", on),
            months=ask("housing.fund-loan-months", on),
            term=ask("housing.fund-loan-term", on),
        )

    def loan_rate(self, on: date) -> str:
        """The yearly rate of a loan, a part of one."""
        return self.contracts.parameter("housing.fund-loan-rate", on)

    def require_self_employed_admitted(self, on: date) -> None:
        """Self-employed people may join (since Order 844)."""
        if not self.contracts.parameter("housing.fund-self-employed", on):
            raise SelfEmployedNotAdmitted

    def decide_withdrawal_by(self, on: date) -> date:
        """The last day for the decision on a withdrawal."""
        return self._working_days(on, self.contracts.parameter("housing.fund-decision-days", on))

    def decide_loan_by(self, on: date) -> date:
        """The last day for the decision on a loan."""
        return self._working_days(on, self.contracts.parameter("housing.fund-loan-decision-days", on))

    def heirs_answer_by(self, on: date) -> date:
        """The last day for the heirs to agree."""
        return on + timedelta(days=self.contracts.parameter("housing.fund-heirs-days", on))

    def _working_days(self, on: date, days: int) -> date:
        return WorkingDays.of(self.contracts).after(on, days)
