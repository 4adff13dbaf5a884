"""Every matter that somebody can apply for at an office of transport: the one list."""

from __future__ import annotations

from onewindow_kit.adverse.refused import compensation
from onewindow_kit.cases import Kind

from transport.events import CASE
from transport.service.desk import VEHICLE_ADMINISTRATION
from transport.service.persons import kinds as persons
from transport.service.roads import licensing, objections, sales

__all__ = ["CASE", "KINDS"]
KINDS: tuple[Kind, ...] = (
    *objections.KINDS,
    *licensing.KINDS,
    *sales.KINDS,
    *persons.KINDS,
    compensation(VEHICLE_ADMINISTRATION),
)
