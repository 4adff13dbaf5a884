"""What all tables of this department share: their metadata, sealed columns and their blind indexes."""

from onewindow_kit.sealing import SealedText
from sqlalchemy import Column, LargeBinary
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

HOLDER = "transport"


class Table(SQLModel, registry=registry()):
    """The base of this department's tables: several departments may be loaded into one process."""


def sealed(place: str, nullable: bool = False) -> Column[str]:
    """A column ``table.name`` whose text the database never sees."""
    return Column(place.partition(".")[2], SealedText(HOLDER, place), nullable=nullable)


def blind(name: str) -> Column[bytes]:
    """The keyed index beside a sealed column."""
    return Column(name, LargeBinary, nullable=False)
