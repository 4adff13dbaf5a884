"""What every use case needs at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onewindow_kit import clock
from onewindow_kit.records import Records

from transport.service.rules import Rules


class Residences(Protocol):
    """Who tells where a person is registered: identity's client."""

    async def residence(self, pseudonym: str) -> dict:
        """``{"registered": {"division", "neighbourhood"} | None, "household": str | None}``; PersonNotFound."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    records: Records
    instance: str
    rules: Rules
    identity: Residences
    time_zone: str

    def today(self) -> date:
        return clock.today(self.time_zone)

    def authority(self, name: str) -> str:
        return f"{self.instance}.{name}"


VEHICLE_ADMINISTRATION = "vehicle-administration"
PARKING_OFFICE = "parking-office"
