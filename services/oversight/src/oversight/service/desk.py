"""What every use case needs at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onewindow_contracts.calendar import WorkingDays
from onewindow_contracts.loader import Contracts
from onewindow_kit import clock
from onewindow_kit.decide import Principal
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Records

from oversight.domain.credentials import Orderer
from oversight.domain.standing import Terms

SUPERVISION = "supervision-office"


class People(Protocol):
    """Who names a person to another sector: identity's client."""

    async def introduce(self, pseudonym: str, receiver: str) -> str:
        """An introduction of the person to another sector; PersonNotFound."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    records: Records
    instance: str
    contracts: Contracts
    identity: People
    keyring: Keyring
    time_zone: str

    @property
    def authority(self) -> str:
        """The supervision office: all records of this department are its."""
        return f"{self.instance}.{SUPERVISION}"

    def today(self) -> date:
        return clock.today(self.time_zone)

    def after(self, day: date, days: int) -> date:
        """The last day of a term of so many working days that begins on ``day``."""
        return WorkingDays.of(self.contracts).after(day, days)

    def question_terms(self, on: date) -> Terms:
        return self._terms(self.contracts.parameter("oversight.question-days", on), on)

    def dispute_terms(self, on: date) -> Terms:
        return self._terms(self.contracts.parameter("oversight.dispute-days", on), on)

    def terms(self, kind: str, on: date) -> Terms:
        """Those of a matter that was opened on that day; NotYetInForce before the first."""
        return self.question_terms(on) if kind == "question" else self.dispute_terms(on)

    def _terms(self, office: int, on: date) -> Terms:
        return Terms(
            office,
            self.contracts.parameter("oversight.supervisor-days", on),
            self.contracts.parameter("oversight.reminder-days", on),
            self.contracts.parameter("oversight.contest-days", on),
        )


def orderer(caller: Principal) -> Orderer:
    """Who orders something, as the token says."""
    office = caller.authority if caller.kind == "agency" else None
    officer = caller.actor if office is not None else None
    return Orderer(caller.client_id, office, officer, caller.token_id, caller.thumbprint)
