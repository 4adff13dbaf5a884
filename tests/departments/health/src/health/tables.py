"""The department's table beside the kit's."""

from datetime import date
from typing import Any

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    """The base of this department's tables: departments in one process do not share metadata."""


class CodeRow(Row, table=True):
    """One person's code; the holder is a pseudonym, so nothing in the database says who it is."""

    __tablename__: Any = "code"

    urn: str = Field(primary_key=True)
    version: int
    holder: str
    colour: str
    since: date
