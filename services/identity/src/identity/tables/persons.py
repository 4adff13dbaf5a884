"""Persons, their numbers and their pseudonyms. ``person.id`` never leaves identity."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, text
from sqlalchemy.dialects.postgresql import UUID as PgUuid
from sqlmodel import Field, SQLModel

from identity.tables.columns import blinded, of_person, sealed


class Person(SQLModel, table=True):
    """``urn`` and ``version`` are the person record's; ``link_urn`` and ``link_version`` those of the link record.

    ``origin`` says how the person became known; ``declared_late`` that a birth was declared after its term.
    ``merged_into``: this entry was another person's all along, and names nobody any more. ``link_order`` is that of the
    last merge or split that the person was in.
    """

    __tablename__ = "person"

    id: UUID = Field(sa_column=Column("id", PgUuid(as_uuid=True), primary_key=True))
    urn: str = Field(unique=True)
    version: int = 0
    link_urn: str
    link_version: int = 0
    name: str = Field(sa_column=sealed("person.name"))
    sex: str
    birth_date: date
    ethnic_group: str | None = None
    birth_division: str | None = None
    standing: str
    standing_since: date
    died_on: date | None = None
    origin: str
    declared_late: bool = False
    merged_into: UUID | None = Field(default=None, sa_column=of_person("merged_into", nullable=True))
    link_order: int = Field(default=0, sa_column=Column("link_order", BigInteger, nullable=False))


class Identification(SQLModel, table=True):
    """A number of a person, now or in the past; two persons' claims to one number are current and contested."""

    __tablename__ = "identification"
    __table_args__ = (
        Index("identification_number", "scheme", "number_blind"),
        Index(
            "identification_one_holder",
            "scheme",
            "number_blind",
            unique=True,
            postgresql_where=text("state = 'current'"),
        ),
        Index(
            "identification_one_number",
            "person_id",
            "scheme",
            unique=True,
            postgresql_where=text("state in ('current', 'contested')"),
        ),
        Index("identification_person", "person_id"),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    person_id: UUID = Field(sa_column=of_person())
    scheme: str
    number: str = Field(sa_column=sealed("identification.number"))
    number_blind: bytes = Field(sa_column=blinded("number_blind"))
    state: str = "current"
    reason: str
    assigned_on: date
    ended_on: date | None = None


class Pseudonym(SQLModel, table=True):
    """A person's random name in a sector; older generations and merged persons' names stay as aliases."""

    __tablename__ = "pseudonym"
    __table_args__ = (Index("pseudonym_current", "person_id", "sector", unique=True, postgresql_where=text("current")),)

    pseudonym: str = Field(primary_key=True)
    person_id: UUID = Field(sa_column=of_person())
    sector: str
    generation: int = 1
    current: bool = True
