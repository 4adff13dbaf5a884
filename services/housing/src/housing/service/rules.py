"""What contracts say that the register must ask: the law's numbers as of a day, divisions, uses, purposes."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from onewindow_contracts.calendar import WorkingDays
from onewindow_contracts.loader import Contracts
from onewindow_kit.clock import months_after

from housing.domain.law import Law
from housing.domain.problems import CauseUnknown, DivisionUnknown, NotADwelling, PurposeRequired, UseUnknown


@dataclass(frozen=True, slots=True)
class Rules:
    """``contracts`` as loaded when the process started."""

    contracts: Contracts

    def law(self, on: date) -> Law:
        """The numbers in force on a legal day."""
        return Law(
            consent_majority=Fraction(self.contracts.parameter("housing.consent-majority", on)),
            freeze_years=self.contracts.parameter("housing.freeze-years", on),
            first_refusal_days=self.contracts.parameter("housing.first-refusal-days", on),
            objection_days=self.contracts.parameter("housing.objection-days", on),
            advance_notice_days=self.contracts.parameter("housing.advance-notice-days", on),
        )

    def respond_by(self, on: date) -> date:
        """The last day on which the parties of a case applied for that day may answer."""
        return WorkingDays.of(self.contracts).after(on, self.contracts.parameter("housing.case-answer-days", on))

    def decide_by(self, on: date, complete_on: date) -> date:
        """The last day for the office to decide a case applied for ``on`` that day and complete at latest that other."""
        days = self.contracts.parameter("housing.case-decision-days", on)
        return WorkingDays.of(self.contracts).after(complete_on, days)

    def refuse_by(self, on: date, opened_on: date) -> date:
        """The last day to use a first refusal opened ``opened_on`` in a case applied for ``on`` that day."""
        return opened_on + timedelta(days=self.law(on).first_refusal_days)

    def require_dwelling(self, use: str, on: date) -> None:
        """A residence right needs a dwelling (Civil Code 366)."""
        if use not in self.contracts.parameter("housing.dwelling-uses", on).split():
            raise NotADwelling

    def compensation_due(self, on: date) -> date:
        """The last day for deciding on a compensation that was opened on a day."""
        return months_after(on, self.contracts.parameter("offices.compensation-months", on))

    def certificate_form(self, on: date) -> str:
        """How a title certificate's number is written that year, with ``{number}`` still open."""
        return self.contracts.parameter("housing.certificate-form", on).replace("{year}", str(on.year))

    def entry_certificate_form(self, on: date) -> str:
        """The same for a certificate of entry (a mortgage's)."""
        return self.contracts.parameter("housing.entry-certificate-form", on).replace("{year}", str(on.year))

    def require_division(self, unit_code: str) -> None:
        """A unit lies in a county-level division that exists."""
        if unit_code[:6] not in self.contracts.codelists["divisions"].codes or unit_code[4:6] == "00":
            raise DivisionUnknown

    def require_use(self, use: str) -> None:
        """A use stands in its code list."""
        if use not in self.contracts.codelists["housing.uses"].codes:
            raise UseUnknown

    def use_named(self, text: str) -> str:
        """The code of a use given as its code or its Chinese name."""
        codes = self.contracts.codelists["housing.uses"].codes
        if text in codes:
            return text
        for code in codes.values():
            if code.zh == text:
                return code.code
        raise UseUnknown

    def require_cause(self, cause: str) -> None:
        """A cause stands in its code list."""
        if cause not in self.contracts.codelists["housing.causes"].codes:
            raise CauseUnknown

    def require_purpose(self, authority: str | None, purpose: str | None, on: date) -> None:
        """Looking into the register needs a registered purpose that belongs to the caller (Provisional Regulations 28)."""
        registered = self.contracts.purposes.get(purpose or "")
        if registered is None or registered.holder != (authority or "").partition(".")[2]:
            raise PurposeRequired
        if not registered.valid_from <= on <= registered.valid_until:
            raise PurposeRequired
