"""Points: the twelve months in which they add up, and what took some off."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from transport.tables.base import Table


class PointsCycle(Table, table=True):
    __tablename__ = "points_cycle"
    __table_args__ = (
        Index("points_cycle_start", "licence", "starts_on", unique=True),
        Index("points_cycle_one_open", "licence", unique=True, postgresql_where=text("state = 'open'")),
        Index("points_cycle_end", "ends_on", postgresql_where=text("state = 'open'")),
        Index("points_cycle_holder", "holder", "urn"),
    )

    urn: str = Field(primary_key=True)
    version: int
    licence: str = Field(foreign_key="driving_licence.urn")
    holder: str
    starts_on: date
    ends_on: date
    state: str
    points: int
    carried_in: int
    reduced: int
    times_full: int
    full_on: date | None
    holds: bool
    """Whether these points are why the licence is retained, so that it comes back when they fall."""


class PointsReduction(Table, table=True):
    __tablename__ = "points_reduction"

    id: str = Field(primary_key=True)
    cycle: str = Field(foreign_key="points_cycle.urn", index=True)
    means: str
    points: int
    granted_on: date
    counting: bool
