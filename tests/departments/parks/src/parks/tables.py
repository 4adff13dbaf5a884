"""The department's tables beside the kit's."""

from datetime import date
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    """The base of this department's tables: departments in one process do not share metadata."""


class AllotmentRow(Row, table=True):
    """One allotment; the holder is a pseudonym, so nothing in the database says who it is."""

    __tablename__: Any = "allotment"
    __table_args__ = (Index("allotment_held", "plot", unique=True, postgresql_where=text("until is null")),)

    urn: str = Field(primary_key=True)
    version: int
    authority: str
    holder: str
    plot: str
    kind: str
    rent: int
    since: date
    until: date | None
