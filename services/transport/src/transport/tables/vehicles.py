"""Vehicles, the marks on them and their plates."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Text, text
from sqlmodel import Field

from transport.tables.base import Table, blind, sealed


class Vehicle(Table, table=True):
    __tablename__ = "vehicle"
    __table_args__ = (
        Index("vehicle_vin", "vin_blind", unique=True, postgresql_where=text("state = 'registered'")),
        Index("vehicle_owner", "owner", "urn", postgresql_where=text("state = 'registered'")),
    )

    urn: str = Field(primary_key=True)
    version: int
    owner: str
    owner_since: date
    vin: str = Field(sa_column=sealed("vehicle.vin"))
    vin_blind: bytes = Field(sa_column=blind("vin_blind"))
    plate_type: str | None
    plate_number: str | None = Field(sa_column=sealed("vehicle.plate_number", nullable=True))
    plate_since: date | None
    kind: str
    make: str
    model: str
    colour: str
    energy: str
    use: str
    state: str
    first_registered_on: date
    deregistration_reason: str | None


class Mortgage(Table, table=True):
    __tablename__ = "vehicle_mortgage"

    id: str = Field(primary_key=True)
    vehicle: str = Field(foreign_key="vehicle.urn", index=True)
    mortgagee_code: str
    mortgagee: str
    since: date


class Freeze(Table, table=True):
    __tablename__ = "vehicle_freeze"

    id: str = Field(primary_key=True)
    vehicle: str = Field(foreign_key="vehicle.urn", index=True)
    ordered_by: str
    document: str
    since: date
    until: date


class Plate(Table, table=True):
    """Every plate that was ever on a vehicle: where it is now, or for whom it is kept and how long.

    The primary key keeps a plate from being on two vehicles, the unique column a vehicle from carrying two plates.
    """

    __tablename__ = "plate"

    type: str = Field(primary_key=True)
    number_blind: bytes = Field(sa_column=Column("number_blind", LargeBinary, primary_key=True))
    number: str = Field(sa_column=sealed("plate.number"))
    vehicle: str | None = Field(
        sa_column=Column("vehicle", Text, ForeignKey("vehicle.urn", deferrable=True, initially="DEFERRED"), unique=True)
    )
    kept_for: str | None = Field(index=True)
    kept_until: date | None
