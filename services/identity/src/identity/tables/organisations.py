"""Organisations, their pseudonyms, and who represents them. ``organisation.id`` never leaves identity."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import UUID as PgUuid
from sqlmodel import Field, SQLModel

from identity.tables.columns import blinded, of_person, sealed


def of_organisation() -> Column[UUID]:
    return Column("organisation_id", PgUuid(as_uuid=True), ForeignKey("organisation.id"), nullable=False)


class Organisation(SQLModel, table=True):
    """``urn`` and ``version`` are the organisation record's; ``link_urn`` and ``link_version`` those of its link record.

    A code is given out once and for ever (GB 32100): unique over dissolved ones too.
    """

    __tablename__ = "organisation"
    __table_args__ = (Index("organisation_uscc", "uscc_blind", unique=True),)

    id: UUID = Field(sa_column=Column("id", PgUuid(as_uuid=True), primary_key=True))
    urn: str = Field(unique=True)
    version: int = 0
    link_urn: str
    link_version: int = 0
    name: str = Field(sa_column=sealed("organisation.name"))
    uscc: str = Field(sa_column=sealed("organisation.uscc"))
    uscc_blind: bytes = Field(sa_column=blinded("uscc_blind"))
    kind: str
    state: str = "registered"
    registered_on: date
    dissolved_on: date | None = None


class OrganisationPseudonym(SQLModel, table=True):
    """An organisation's random name in a sector."""

    __tablename__ = "organisation_pseudonym"
    __table_args__ = (
        Index(
            "organisation_pseudonym_current",
            "organisation_id",
            "sector",
            unique=True,
            postgresql_where=text("current"),
        ),
    )

    pseudonym: str = Field(primary_key=True)
    organisation_id: UUID = Field(sa_column=of_organisation())
    sector: str
    generation: int = 1
    current: bool = True


class Representation(SQLModel, table=True):
    """``powers`` are codes joined by commas; ``until`` is the first day on which an agent's term is over."""

    __tablename__ = "representation"
    __table_args__ = (
        Index(
            "representation_one_legal",
            "organisation_id",
            unique=True,
            postgresql_where=text("state = 'in-force' and capacity = 'legal-representative'"),
        ),
        Index(
            "representation_one_each",
            "organisation_id",
            "person_id",
            unique=True,
            postgresql_where=text("state = 'in-force'"),
        ),
        Index("representation_person", "person_id"),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    organisation_id: UUID = Field(sa_column=of_organisation())
    person_id: UUID = Field(sa_column=of_person())
    capacity: str
    powers: str
    state: str = "in-force"
    since: date
    until: date | None = None
    ended_on: date | None = None
