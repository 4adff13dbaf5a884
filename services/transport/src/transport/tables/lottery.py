"""Pools of the plate lottery, their parties, entries and quotas. An entry's opening is sealed: it alone tells whose it is."""

from datetime import date, datetime

from sqlalchemy import Column, DateTime, Index, text
from sqlmodel import Field

from transport.tables.base import Table, sealed


def _instant(name: str, nullable: bool = True) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


class Lottery(Table, table=True):
    __tablename__ = "lottery"
    __table_args__ = (Index("lottery_newest", "created_at", "urn"),)

    urn: str = Field(primary_key=True)
    version: int
    period: str
    state: str
    quota: int
    opened_on: date
    freeze_on: date
    source: str | None = None
    reference: str | None = None
    due_at: datetime | None = Field(default=None, sa_column=_instant("due_at"))
    value: str | None = None
    size: int | None = None
    root: str | None = None
    frozen_at: datetime | None = Field(default=None, sa_column=_instant("frozen_at"))
    seed: str | None = None
    drawn_at: datetime | None = Field(default=None, sa_column=_instant("drawn_at"))
    awarded: int | None = None
    created_at: datetime = Field(sa_column=_instant("created_at", nullable=False))


class LotteryParty(Table, table=True):
    __tablename__ = "lottery_party"

    lottery: str = Field(primary_key=True, foreign_key="lottery.urn")
    name: str = Field(primary_key=True)
    title: str
    public_key: str
    commitment: str | None = None
    signature: str | None = None
    secret: str | None = None


class LotteryEntry(Table, table=True):
    __tablename__ = "lottery_entry"
    __table_args__ = (
        Index(
            "lottery_entry_one",
            "lottery",
            "applicant",
            unique=True,
            postgresql_where=text("state = 'entered'"),
        ),
        Index("lottery_entry_code", "lottery", "code", unique=True),
        Index("lottery_entry_drawn", "lottery", "drawn", unique=True),
        Index("lottery_entry_applicant", "applicant", "urn"),
    )

    urn: str = Field(primary_key=True)
    version: int
    lottery: str = Field(foreign_key="lottery.urn")
    applicant: str
    state: str
    entered_on: date
    code: str
    opening: str = Field(sa_column=sealed("lottery_entry.opening"))
    weight: int | None = None
    failed_rounds: int | None = None
    drawn: int | None = None
    ground: str | None = None
    remedy: str | None = None
    created_at: datetime = Field(sa_column=_instant("created_at", nullable=False))


class PlateQuota(Table, table=True):
    __tablename__ = "plate_quota"
    __table_args__ = (
        Index("plate_quota_one_live", "holder", unique=True, postgresql_where=text("state = 'live'")),
        Index("plate_quota_holder", "holder", "urn"),
        Index("plate_quota_end", "valid_until", postgresql_where=text("state = 'live'")),
    )

    urn: str = Field(primary_key=True)
    version: int
    holder: str
    lottery: str = Field(foreign_key="lottery.urn")
    entry: str = Field(foreign_key="lottery_entry.urn", unique=True)
    state: str
    valid_from: date
    valid_until: date
    vehicle: str | None = Field(default=None, unique=True)
    barred_until: date | None = None
