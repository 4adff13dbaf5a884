"""Rights that stand beside a title: objections, advance notices, residence rights."""

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from housing.tables.base import Row, in_force


class ObjectionRow(Row, table=True):
    """One objection; without a suit it lapses after ``holds_until``."""

    __tablename__: Any = "objection"
    __table_args__ = (Index("objection_title", "title", "urn"), Index("objection_objector", "objector"))

    urn: str = Field(primary_key=True)
    version: int
    title: str = Field(foreign_key="title.urn")
    authority: str
    unit_code: str
    objector: str
    registered_on: date
    holds_until: date
    suit_on: date | None
    ending: str | None
    ended_on: date | None


class AdvanceNoticeRow(Row, table=True):
    """One advance notice; it lapses after ``holds_until``, which is open until the right can be registered."""

    __tablename__: Any = "advance_notice"
    __table_args__ = (Index("advance_notice_title", "title", "urn"), Index("advance_notice_beneficiary", "beneficiary"))

    urn: str = Field(primary_key=True)
    version: int
    title: str = Field(foreign_key="title.urn")
    authority: str
    unit_code: str
    beneficiary: str
    registered_on: date
    registrable_on: date | None
    holds_until: date | None
    ending: str | None
    ended_on: date | None


class ResidenceRightRow(Row, table=True):
    """One residence right; ``until`` its last day, open for life."""

    __tablename__: Any = "residence_right"
    __table_args__ = (
        Index("residence_right_title", "title", "urn"),
        Index("residence_right_resident", "resident", postgresql_where=in_force),
    )

    urn: str = Field(primary_key=True)
    version: int
    title: str = Field(foreign_key="title.urn")
    authority: str
    unit_code: str
    resident: str
    registered_on: date
    until: date | None
    ending: str | None
    ended_on: date | None
