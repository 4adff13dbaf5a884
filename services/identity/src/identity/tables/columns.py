"""Columns that several tables share in kind."""

from typing import Any

from onewindow_kit.sealing import SealedText, blind
from sqlalchemy import Column, ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import UUID

HOLDER = "identity"
NUMBER = "identification.number"
HOUSEHOLD_CODE = "household.code"


def sealed(place: str, *, nullable: bool = False) -> Column[Any]:
    """A text that names a person, sealed under identity's own key; ``place`` is ``table.column``."""
    return Column(place.partition(".")[2], SealedText(HOLDER, place), nullable=nullable)


def blinded(name: str, *, nullable: bool = False) -> Column[Any]:
    """The keyed index beside a sealed column, for equality."""
    return Column(name, LargeBinary, nullable=nullable)


def of_person(name: str = "person_id", *, nullable: bool = False) -> Column[Any]:
    return Column(name, UUID(as_uuid=True), ForeignKey("person.id"), nullable=nullable)


def blind_number(scheme: str, number: str) -> bytes:
    """The index of a number within its scheme; ``number`` in the scheme's one written form."""
    return blind(HOLDER, NUMBER, f"{scheme}|{number}")


def blind_household(code: str) -> bytes:
    """The index of an office's own household number."""
    return blind(HOLDER, HOUSEHOLD_CODE, code)
