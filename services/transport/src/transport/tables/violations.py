"""Violations of traffic law, with what they cost."""

from datetime import date

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field

from transport.tables.base import Table, blind, sealed


class Violation(Table, table=True):
    __tablename__ = "violation"
    __table_args__ = (
        Index("violation_document", "document_blind", unique=True),
        Index("violation_owner", "owner", "urn"),
        Index("violation_driver", "driver", "urn"),
        Index("violation_cycle", "cycle"),
        Index("violation_open", "vehicle", postgresql_where=text("state not in ('paid', 'annulled')")),
        Index("violation_state", "state", "urn"),
    )

    urn: str = Field(primary_key=True)
    version: int
    kind: str
    points: int
    fine: int = Field(sa_column=Column("fine", BigInteger, nullable=False))
    vehicle: str | None = Field(foreign_key="vehicle.urn")
    owner: str | None
    """Who owned the vehicle on the day it happened."""
    driver: str | None
    """Who drove: stopped on the spot, named by the owner, or the owner who said so."""
    document: str = Field(sa_column=sealed("violation.document"))
    document_blind: bytes = Field(sa_column=blind("document_blind"))
    place: str = Field(sa_column=sealed("violation.place"))
    unit: str
    """The police unit that recorded it; another one decides on an objection."""
    officer: str | None
    occurred_on: date
    recorded_on: date
    respond_by: date
    state: str
    state_before: str | None
    """What an objection that fails goes back to."""
    accepted_on: date | None
    pay_by: date | None
    paid_on: date | None
    paid: int | None = Field(sa_column=Column("paid", BigInteger))
    licence: str | None = Field(foreign_key="driving_licence.urn")
    cycle: str | None = Field(foreign_key="points_cycle.urn")
    """The cycle in which its points stand, or last stood."""
    counting: bool
    """Whether they count now: neither cleared, nor annulled."""
    objection: str | None
    decision_reason: str | None = Field(sa_column=sealed("violation.decision_reason", nullable=True))
    decision_remedy: str | None
