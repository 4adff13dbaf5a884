"""What the contracts say that rules depend on: code lists, divisions, dated parameters, sectors, schemes."""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow_contracts.calendar import WorkingDays
from onewindow_contracts.loader import Contracts
from onewindow_kit.clock import months_after

from identity.domain.problems import DivisionOutsideJurisdiction, UnknownCode, UnknownDivision
from identity.domain.schemes import Schemes


class Rules:
    """Compiled once at start for the office ``authority`` (``<instance>.<name>``); LookupError if it is not declared."""

    def __init__(self, contracts: Contracts, authority: str, schemes: Schemes | None = None) -> None:
        self.contracts = contracts
        self.schemes = schemes or Schemes()
        offices = contracts.authorities
        self.jurisdiction = offices[authority].division
        self.sectors = frozenset(office.sector for office in offices.values())
        # Sectors whose registries a service keeps: every person has a pseudonym there from the start.
        self.assigned = tuple(sorted({office.sector for office in offices.values() if office.host}))

    def code(self, codelist: str, code: str | None) -> None:
        """UnknownCode unless ``code`` is in the list (None always is)."""
        if code is not None and code not in self.contracts.codelists[codelist].codes:
            raise UnknownCode

    def codes(self, codelist: str) -> frozenset[str]:
        return frozenset(self.contracts.codelists[codelist].codes)

    def division(self, code: str | None, on: date) -> None:
        """UnknownDivision unless it existed on that day (None always did)."""
        if code is None:
            return
        entry = self.contracts.codelists["divisions"].codes.get(code)
        if entry is None or (entry.valid_until is not None and on >= entry.valid_until):
            raise UnknownDivision
        if entry.valid_from is not None and on < entry.valid_from:
            raise UnknownDivision

    def district(self, code: str, on: date) -> None:
        """The same, and it is a district or county, where people are registered."""
        if code.endswith("00"):
            raise UnknownDivision
        self.division(code, on)

    def own_district(self, code: str, on: date) -> None:
        """The same, and this office keeps registers there."""
        self.district(code, on)
        if not self.covers(code):
            raise DivisionOutsideJurisdiction

    def covers(self, code: str) -> bool:
        prefix = self.jurisdiction
        while prefix.endswith("00"):
            prefix = prefix[:-2]
        return code.startswith(prefix)

    def parameter(self, name: str, on: date) -> Any:
        """The dated parameter ``identity.<name>`` as of a day; NotYetInForce before the first of its values."""
        return self.contracts.parameter(f"identity.{name}", on)

    def compensation_due(self, on: date) -> date:
        """The last day for deciding on a compensation that was opened on a day."""
        return months_after(on, self.contracts.parameter("offices.compensation-months", on))

    def working_days_after(self, day: date, days: int) -> date:
        """The last day of a term of so many working days that begins on ``day``."""
        return WorkingDays.of(self.contracts).after(day, days)
