"""Stays of persons who are registered elsewhere, and the residence permits that follow from them."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from identity.tables.columns import of_person, sealed


class Stay(SQLModel, table=True):
    """``counted_from`` is where the stay in this city began; an earlier address before this one counts on."""

    __tablename__ = "stay"
    __table_args__ = (Index("stay_one_open", "person_id", unique=True, postgresql_where=text("ended_on is null")),)

    urn: str = Field(primary_key=True)
    version: int = 0
    person_id: UUID = Field(sa_column=of_person())
    division: str
    neighbourhood: str | None = None
    address: str = Field(sa_column=sealed("stay.address"))
    since: date
    counted_from: date
    exit: str | None = None
    ended_on: date | None = None


class Permit(SQLModel, table=True):
    """``endorse_by`` is the last day for the next endorsement; years of residence count from ``counted_from``."""

    __tablename__ = "residence_permit"
    __table_args__ = (
        Index("residence_permit_one_held", "person_id", unique=True, postgresql_where=text("state <> 'ended'")),
        Index("residence_permit_due", "endorse_by", postgresql_where=text("state = 'valid'")),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    person_id: UUID = Field(sa_column=of_person())
    state: str = "valid"
    division: str
    neighbourhood: str | None = None
    ground: str
    granted_on: date
    counted_from: date
    endorsed_on: date
    endorse_by: date
    suspended_on: date | None = None
    ended_on: date | None = None
