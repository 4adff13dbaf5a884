"""Moves, cards and kinships: records about persons that have a life of their own."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from identity.tables.columns import of_person


class Move(SQLModel, table=True):
    """``registration`` is the losing one, which an expired certificate reopens."""

    __tablename__ = "move"
    __table_args__ = (
        Index(
            "move_one_open",
            "person_id",
            unique=True,
            postgresql_where=text("step in ('requested', 'permitted', 'in-transit')"),
        ),
        Index("move_expiry", "certificate_until", postgresql_where=text("step = 'in-transit'")),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    person_id: UUID = Field(sa_column=of_person())
    registration: str = Field(foreign_key="registration.urn")
    step: str
    from_division: str
    to_division: str
    reason: str
    requested_on: date
    permitted_on: date | None = None
    certified_on: date | None = None
    certificate_until: date | None = None
    ended_on: date | None = None
    grounds: str | None = None
    decide_by: date | None = None


class Card(SQLModel, table=True):
    __tablename__ = "card"
    __table_args__ = (
        Index("card_one_valid", "person_id", unique=True, postgresql_where=text("state = 'valid'")),
        Index("card_person", "person_id"),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    person_id: UUID = Field(sa_column=of_person())
    state: str = "valid"
    reason: str
    issued_on: date
    valid_until: date | None = None
    ended_on: date | None = None


class Kinship(SQLModel, table=True):
    """Between two persons; for parentage ``first`` is the parent, for guardianship the guardian.

    ``due_on`` is when it ends by itself: the ward's majority. The two unique indexes hold what they can of "nobody is
    married twice"; that one person is not first and second at once is held by the persons' locks.
    """

    __tablename__ = "kinship"
    __table_args__ = (
        Index("kinship_first", "first_id"),
        Index("kinship_second", "second_id"),
        Index("kinship_due", "due_on", postgresql_where=text("state = 'in-force'")),
        Index(
            "marriage_first",
            "first_id",
            unique=True,
            postgresql_where=text("kind = 'marriage' and state = 'in-force'"),
        ),
        Index(
            "marriage_second",
            "second_id",
            unique=True,
            postgresql_where=text("kind = 'marriage' and state = 'in-force'"),
        ),
    )

    urn: str = Field(primary_key=True)
    version: int = 0
    kind: str
    basis: str
    state: str = "in-force"
    since: date
    ended_on: date | None = None
    first_id: UUID = Field(sa_column=of_person("first_id"))
    second_id: UUID = Field(sa_column=of_person("second_id"))
    ending: str | None = None
    due_on: date | None = None
