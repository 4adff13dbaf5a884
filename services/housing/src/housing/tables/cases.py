"""What the register keeps of cases besides the case itself: offers of first refusal, the title concerned, heirs' words."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from housing.tables.base import Row


class OfferRow(Row, table=True):
    """A share offered to the other owners first; ``answers`` maps each of them to asked, accepted or waived; ``price``
    in fen."""

    __tablename__: Any = "offer"
    __table_args__ = (Index("offer_case", "case_urn"), Index("offer_state", "state", "respond_by"))

    urn: str = Field(primary_key=True)
    version: int
    title: str = Field(foreign_key="title.urn")
    authority: str
    unit_code: str
    case_urn: str
    seller: str
    numerator: int
    denominator: int
    price: int | None = Field(sa_type=BigInteger)
    opened_on: date
    respond_by: date
    answers: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    state: str
    closed_on: date | None


class ApplicationRow(Row, table=True):
    """Which title a case is about."""

    __tablename__: Any = "application"
    __table_args__ = (Index("application_title", "title"),)

    case_urn: str = Field(primary_key=True)
    title: str = Field(foreign_key="title.urn")


class RenunciationRow(Row, table=True):
    """An heir who does not want to inherit in a case."""

    __tablename__: Any = "renunciation"

    case_urn: str = Field(primary_key=True)
    heir: str = Field(primary_key=True)
    renounced_on: date
