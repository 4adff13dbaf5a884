"""Residential parking permits."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from transport.tables.base import Table, sealed


class ParkingPermit(Table, table=True):
    __tablename__ = "parking_permit"
    __table_args__ = (
        Index(
            "parking_permit_one_live", "vehicle", unique=True, postgresql_where=text("state in ('applied', 'granted')")
        ),
        Index("parking_permit_holder", "holder", "urn"),
        Index("parking_permit_household", "household", postgresql_where=text("state in ('applied', 'granted')")),
        Index("parking_permit_state", "state", "urn"),
    )

    urn: str = Field(primary_key=True)
    version: int
    holder: str
    household: str | None
    zone: str
    vehicle: str = Field(foreign_key="vehicle.urn")
    plate_number: str = Field(sa_column=sealed("parking_permit.plate_number"))
    state: str
    applied_on: date
    decide_by: date | None = None
    valid_from: date | None
    valid_until: date | None
    decision_reason: str | None = Field(sa_column=sealed("parking_permit.decision_reason", nullable=True))
    decision_remedy: str | None
