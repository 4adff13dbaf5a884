"""What every use case needs at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from onewindow_kit import clock
from onewindow_kit.adverse import Acts
from onewindow_kit.cases import Cases
from onewindow_kit.decide import Principal
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.records import Records

from transport.service.contributions import Contributions
from transport.service.rules import Rules


class People(Protocol):
    """Who tells what an office may know of a person: identity's client."""

    async def residence(self, pseudonym: str) -> dict:
        """``{"registered": {"division", "neighbourhood"} | None, "household": str | None}``; PersonNotFound."""
        ...

    async def age_reached(self, pseudonym: str, years: int, on: date) -> bool:
        """Whether the person has completed so many years on that day; PersonNotFound."""
        ...

    async def resolve(self, scheme: str, number: str, name: str) -> Pseudonym:
        """This sector's pseudonym of whoever has that number and name; PersonNotFound."""
        ...

    async def introduce(self, pseudonym: str, receiver: str) -> str:
        """An introduction of the person to another sector."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    records: Records
    instance: str
    rules: Rules
    identity: People
    time_zone: str
    cases: Cases
    contributions: Contributions
    acts: Acts

    def today(self) -> date:
        return clock.today(self.time_zone)

    def authority(self, name: str) -> str:
        return f"{self.instance}.{name}"


@dataclass(frozen=True, slots=True)
class Acting:
    """The desk, who acts at it (None where the day itself brings something about), and what an officer states beside a
    decision."""

    desk: Desk
    caller: Principal | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)


VEHICLE_ADMINISTRATION = "vehicle-administration"
PARKING_OFFICE = "parking-office"
TRAFFIC_POLICE = "traffic-police"
