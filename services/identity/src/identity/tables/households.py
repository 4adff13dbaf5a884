"""Household registers and the registrations in them: the database holds that a person is in one register only."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from identity.tables.columns import blinded, of_person, sealed


class Household(SQLModel, table=True):
    """``code`` is the office's own number of the register, where it has one."""

    __tablename__ = "household"
    __table_args__ = (Index("household_code", "code_blind", unique=True),)

    urn: str = Field(primary_key=True)
    version: int = 0
    kind: str
    division: str
    neighbourhood: str | None = None
    address: str = Field(sa_column=sealed("household.address"))
    code: str | None = Field(default=None, sa_column=sealed("household.code", nullable=True))
    code_blind: bytes | None = Field(default=None, sa_column=blinded("code_blind", nullable=True))
    state: str = "open"
    opened_on: date
    closed_on: date | None = None


class Registration(SQLModel, table=True):
    """A person's place in a register, from entry to exit."""

    __tablename__ = "registration"
    __table_args__ = (
        Index("registration_one_register", "person_id", unique=True, postgresql_where=text("ended_on is null")),
        Index(
            "registration_one_head",
            "household",
            unique=True,
            postgresql_where=text("ended_on is null and relationship = '02'"),
        ),
        Index("registration_members", "household", postgresql_where=text("ended_on is null")),
        Index("registration_person", "person_id"),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    person_id: UUID = Field(sa_column=of_person())
    household: str = Field(foreign_key="household.urn")
    relationship: str | None = None
    entry: str
    registered_on: date
    exit: str | None = None
    ended_on: date | None = None
