"""Dated parameters of the contract as the values that the domain asks for, as of a legal day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_contracts.calendar import WorkingDays
from onewindow_contracts.loader import Contracts

from transport.domain.days import add_months
from transport.domain.licences import LicenceRules
from transport.domain.permits import Zone
from transport.domain.plates import PlateRules
from transport.domain.problems import UnknownCode, UnknownZone


@dataclass(frozen=True, slots=True)
class Rules:
    """Reads parameters and code lists; a day before a parameter's first value is judged by that first value."""

    contracts: Contracts

    def licences(self, on: date) -> LicenceRules:
        suspension = self._value("licence-suspension-months", on)
        return LicenceRules(
            term_years=self._value("licence-term-years", on),
            window_days=self._value("licence-renewal-window", on),
            late_years=self._value("licence-late-years", on),
            recovery_years=self._value("licence-recovery-years", on),
            suspension_months=(suspension["shortest"], suspension["longest"]),
            annulment_bar_years=self._value("licence-annulment-bar-years", on),
        )

    def plates(self, on: date) -> PlateRules:
        return PlateRules(self._value("plate-use-years", on), self._value("plate-kept-years", on))

    def plate_prefixes(self, on: date) -> tuple[str, ...]:
        return tuple(self._value("plate-prefixes", on))

    def freeze_longest_years(self, on: date) -> int:
        return self._value("freeze-longest-years", on)

    def permit_months(self, on: date) -> int:
        return self._value("permit-months", on)

    def permit_quota(self, on: date) -> int:
        return self._value("permit-quota", on)

    def zone(self, code: str, on: date) -> Zone:
        areas = self._value("parking-zones", on).get(code)
        if areas is None:
            raise UnknownZone
        return Zone(code, tuple(areas))

    def words(self, codelist: str, value: str) -> str:
        """What a code means, in both languages."""
        code = self.contracts.codelists[f"transport.{codelist}"].codes[value]
        return f"{code.zh} {code.en}"

    def code(self, codelist: str, value: str, on: date) -> str:
        """``value`` itself if the list has it on that day; UnknownCode otherwise."""
        code = self.contracts.codelists[f"transport.{codelist}"].codes.get(value)
        outside = code is None or (code.valid_from or on) > on or (code.valid_until or on) < on
        if outside:
            raise UnknownCode
        return value

    def value(self, name: str, on: date) -> Any:
        """The parameter ``transport.<name>`` as of a day; NotYetInForce (409 rule-not-in-force) before its first day."""
        return self.contracts.parameters[f"transport.{name}"].value(on)

    def compensation_due(self, on: date) -> date:
        """The last day for deciding on a compensation that was opened on a day."""
        return add_months(on, self.contracts.parameter("offices.compensation-months", on))

    def working_days_after(self, day: date, days: int) -> date:
        """The last day of an office's term that begins on ``day``."""
        return WorkingDays.of(self.contracts).after(day, days)

    def _value(self, name: str, on: date):
        parameter = self.contracts.parameters[f"transport.{name}"]
        return parameter.value(max(on, parameter.values[0].since))
