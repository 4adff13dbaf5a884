"""The registry's tables. File numbers, VINs, plates and reasons are sealed; a blind index beside each serves equality.

Each row is a record's present state; the envelope that was published of it stands in the kit's ``record`` table.
"""

from datetime import date

from onewindow_kit.sealing import SealedText
from sqlalchemy import ARRAY, Column, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

HOLDER = "transport"


class Table(SQLModel, registry=registry()):
    """The base of this department's tables: several departments may be loaded into one process."""


def _sealed(place: str, nullable: bool = False) -> Column[str]:
    return Column(place.partition(".")[2], SealedText(HOLDER, place), nullable=nullable)


def _blind(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


class DrivingLicence(Table, table=True):
    __tablename__ = "driving_licence"
    __table_args__ = (
        Index("driving_licence_file_number", "file_number_blind", unique=True),
        Index(
            "driving_licence_one_live",
            "holder",
            unique=True,
            postgresql_where=text("state in ('valid', 'retained', 'suspended', 'use-stopped')"),
        ),
        Index("driving_licence_holder", "holder", "urn"),
        Index("driving_licence_expiry", "valid_until", postgresql_where=text("state = 'valid'")),
    )

    urn: str = Field(primary_key=True)
    version: int
    holder: str
    file_number: str = Field(sa_column=_sealed("driving_licence.file_number"))
    file_number_blind: bytes = Field(sa_column=_blind("file_number_blind"))
    classes: list[str] = Field(sa_column=Column("classes", ARRAY(Text), nullable=False))
    state: str
    term: str
    first_issued_on: date
    valid_from: date
    valid_until: date | None
    state_since: date
    state_until: date | None
    cancellation_reason: str | None
    decision_reason: str | None = Field(sa_column=_sealed("driving_licence.decision_reason", nullable=True))
    decision_remedy: str | None


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
    vin: str = Field(sa_column=_sealed("vehicle.vin"))
    vin_blind: bytes = Field(sa_column=_blind("vin_blind"))
    plate_type: str | None
    plate_number: str | None = Field(sa_column=_sealed("vehicle.plate_number", nullable=True))
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
    number: str = Field(sa_column=_sealed("plate.number"))
    vehicle: str | None = Field(
        sa_column=Column("vehicle", Text, ForeignKey("vehicle.urn", deferrable=True, initially="DEFERRED"), unique=True)
    )
    kept_for: str | None = Field(index=True)
    kept_until: date | None


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
    plate_number: str = Field(sa_column=_sealed("parking_permit.plate_number"))
    state: str
    applied_on: date
    valid_from: date | None
    valid_until: date | None
    decision_reason: str | None = Field(sa_column=_sealed("parking_permit.decision_reason", nullable=True))
    decision_remedy: str | None


class Deceased(Table, table=True):
    """People whose death identity has reported to this sector."""

    __tablename__ = "deceased"

    pseudonym: str = Field(primary_key=True)
    died_on: date
