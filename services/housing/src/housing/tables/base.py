"""What all tables of this department share: their metadata, and who holds the keys of sealed columns."""

from sqlalchemy import text
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

HOLDER = "housing"
in_force = text("ended_on is null")
still_held = text("until is null")


class Row(SQLModel, registry=registry()):
    """The base of this department's tables: departments in one process (a test run) do not share metadata."""
