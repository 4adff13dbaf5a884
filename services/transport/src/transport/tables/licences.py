"""Driving licences."""

from datetime import date

from sqlalchemy import ARRAY, Column, Index, Text, text
from sqlmodel import Field

from transport.tables.base import Table, blind, sealed


class DrivingLicence(Table, table=True):
    __tablename__ = "driving_licence"
    __table_args__ = (
        Index("driving_licence_file_number", "file_number_blind", unique=True),
        Index(
            "driving_licence_one_live",
            "holder",
            unique=True,
            postgresql_where=text("state in ('valid', 'retained', 'suspended', 'use-stopped') and not doubtful"),
        ),
        Index("driving_licence_holder", "holder", "urn"),
        Index("driving_licence_expiry", "valid_until", postgresql_where=text("state = 'valid'")),
    )

    urn: str = Field(primary_key=True)
    version: int
    holder: str
    file_number: str = Field(sa_column=sealed("driving_licence.file_number"))
    file_number_blind: bytes = Field(sa_column=blind("file_number_blind"))
    classes: list[str] = Field(sa_column=Column("classes", ARRAY(Text), nullable=False))
    state: str
    term: str
    first_issued_on: date
    valid_from: date
    valid_until: date | None
    state_since: date
    state_until: date | None
    cancellation_reason: str | None
    decision_reason: str | None = Field(sa_column=sealed("driving_licence.decision_reason", nullable=True))
    decision_remedy: str | None
    doubtful: bool = False
    """A second live one that a merge of two persons brought: both stand until an officer has decided."""


class AddedClass(Table, table=True):
    """A class that came after the first licence: its probation runs from its own day."""

    __tablename__ = "added_class"

    licence: str = Field(primary_key=True, foreign_key="driving_licence.urn")
    name: str = Field(primary_key=True)
    added_on: date
