"""What lies behind a change: evidence, proposed corrections, conflicts of numbers. Never published."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, Index
from sqlmodel import Field, SQLModel

from identity.tables.columns import of_person, sealed


class Papers(SQLModel, table=True):
    """The evidence that an officer saw for a change of the record ``about``; ``content`` is JSON."""

    __tablename__ = "papers"
    __table_args__ = (Index("papers_person", "person_id"),)

    id: str = Field(primary_key=True)
    person_id: UUID = Field(sa_column=of_person())
    about: str
    content: str = Field(sa_column=sealed("papers.content"))
    client: str
    recorded_at: datetime = Field(sa_column=Column("recorded_at", DateTime(timezone=True), nullable=False))


class Correction(SQLModel, table=True):
    """A proposed correction: ``seen`` is the entry as the first officer saw it."""

    __tablename__ = "correction"

    id: str = Field(primary_key=True)
    person_id: UUID = Field(sa_column=of_person())
    field: str
    value: str = Field(sa_column=sealed("correction.value"))
    seen: str = Field(sa_column=sealed("correction.seen"))
    state: str = "proposed"
    proposed_by: str
    proposed_on: date
    decided_by: str | None = None
    decided_on: date | None = None


class NumberConflict(SQLModel, table=True):
    """Two identifications of one number; ``holder`` had it first."""

    __tablename__ = "number_conflict"
    __table_args__ = (Index("number_conflict_open", "state", "id"),)

    id: str = Field(primary_key=True)
    scheme: str
    holder: str = Field(foreign_key="identification.urn")
    claimant: str = Field(foreign_key="identification.urn")
    state: str = "open"
    opened_on: date
    decided_on: date | None = None
    grounds: str | None = None
