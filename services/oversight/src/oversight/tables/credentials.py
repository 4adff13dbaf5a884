"""Revocations and locks with who put and who lifted them, and the alarms."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from oversight.tables.base import Table

IN_FORCE = "lifted is null"


def moment(name: str, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


class Revocation(Table, table=True):
    __tablename__ = "revocation"
    __table_args__ = (
        Index(
            "revocation_once",
            "kind",
            "value",
            text("coalesce(organisation, '')"),
            unique=True,
            postgresql_where=text(IN_FORCE),
        ),
    )

    urn: str = Field(primary_key=True)
    version: int
    kind: str
    value: str
    organisation: str | None
    until: datetime | None = Field(sa_column=moment("until", nullable=True))
    put: dict[str, Any] = Field(sa_column=Column("put", JSONB, nullable=False))
    """An order as the contract has it: by, officer, at, reason."""
    lifted: dict[str, Any] | None = Field(sa_column=Column("lifted", JSONB(none_as_null=True), nullable=True))


class Lock(Table, table=True):
    """``officer`` None locks the whole office."""

    __tablename__ = "lock"
    __table_args__ = (
        Index(
            "lock_once",
            "organisation",
            text("coalesce(officer, '')"),
            unique=True,
            postgresql_where=text(IN_FORCE),
        ),
    )

    urn: str = Field(primary_key=True)
    version: int
    organisation: str
    officer: str | None
    cause: str
    alarm: str | None
    put: dict[str, Any] = Field(sa_column=Column("put", JSONB, nullable=False))
    lifted: dict[str, Any] | None = Field(sa_column=Column("lifted", JSONB(none_as_null=True), nullable=True))


class Alarm(Table, table=True):
    """Each once, whatever number of nodes saw the same."""

    __tablename__ = "alarm"
    __table_args__ = (Index("alarm_at", text("at desc"), text("id desc")),)

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_column=moment("at"))
    body: dict[str, Any] = Field(sa_column=Column("body", JSONB, nullable=False))
