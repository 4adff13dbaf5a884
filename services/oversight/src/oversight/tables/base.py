"""What all tables of this department share: their metadata and sealed columns."""

from onewindow_kit.sealing import SealedText
from sqlalchemy import Column
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

HOLDER = "oversight"


class Table(SQLModel, registry=registry()):
    """The base of this department's tables: several departments may be loaded into one process."""


def sealed(place: str, nullable: bool = False) -> Column[str]:
    """A column ``table.name`` whose text the database never sees."""
    return Column(place.partition(".")[2], SealedText(HOLDER, place), nullable=nullable)
