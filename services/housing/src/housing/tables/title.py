"""The register's tables. SQLModel declares and reads them; hot commands write them with one statement in ``store``.

Addresses and names are sealed columns: the database, its dumps and its backups never see them.
"""

from datetime import date, datetime
from typing import Any

from onewindow_kit.db import type_instant
from onewindow_kit.sealing import SealedText
from sqlalchemy import BigInteger, Column, Identity, Index, LargeBinary, Sequence
from sqlmodel import Field

from housing.tables.base import HOLDER, Row, in_force, still_held


class TitleRow(Row, table=True):
    """One title; ``area`` in hundredths of a square metre, ``price`` in fen."""

    __tablename__: Any = "title"
    __table_args__ = (Index("title_unit_in_force", "unit_code", unique=True, postgresql_where=in_force),)

    urn: str = Field(primary_key=True)
    version: int
    revision: int
    authority: str
    unit_code: str
    address: str = Field(sa_column=Column(SealedText(HOLDER, "title.address"), nullable=False))
    area: int
    use: str
    price: int | None = Field(sa_type=BigInteger)
    certificate_number: str
    entry: str
    cause: str
    ownership: str
    registered_on: date
    ended_on: date | None


class HoldingRow(Row, table=True):
    """What one owner holds, or held until a day: rows are closed, never changed, so the chain of owners stays."""

    __tablename__: Any = "holding"
    __table_args__ = (
        Index("holding_held", "title", "owner", unique=True, postgresql_where=still_held),
        Index("holding_owner", "owner"),
    )

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    title: str = Field(foreign_key="title.urn")
    owner: str
    numerator: int | None
    denominator: int | None
    since: date
    until: date | None
    name: str = Field(sa_column=Column(SealedText(HOLDER, "holding.name"), nullable=False))


class MortgageRow(Row, table=True):
    """One mortgage; ``secured`` in fen; ``release`` is the blind index of the mortgagee's release number."""

    __tablename__: Any = "mortgage"
    __table_args__ = (Index("mortgage_title", "title", "urn"),)

    urn: str = Field(primary_key=True)
    version: int
    title: str = Field(foreign_key="title.urn")
    authority: str
    unit_code: str
    kind: str
    mortgagee_name: str
    mortgagee_code: str
    secured: int = Field(sa_type=BigInteger)
    debt_from: date
    debt_until: date
    no_transfer: bool
    certificate_number: str
    rank: int
    registered_on: date
    released_on: date | None
    ended_on: date | None
    release: bytes | None = Field(sa_type=LargeBinary)
    mortgagee: str | None


class FreezeRow(Row, table=True):
    """One freeze; both days are inside its period; ``place`` is 0 in force, else its place in the queue."""

    __tablename__: Any = "freeze"
    __table_args__ = (Index("freeze_title", "title", "urn"),)

    urn: str = Field(primary_key=True)
    version: int
    title: str = Field(foreign_key="title.urn")
    authority: str
    unit_code: str
    ordered_by: str
    order_number: str
    since: date
    until: date
    ended_on: date | None
    place: int


class DeceasedRow(Row, table=True):
    """Whom identity told to be dead; kept for everybody, because a title may be registered after the notice."""

    __tablename__: Any = "deceased"

    person: str = Field(primary_key=True)
    died_on: date


class CertificateRow(Row, table=True):
    """A certificate that was issued; genuine as long as the row is here, current as long as the version is."""

    __tablename__: Any = "certificate"

    id: str = Field(primary_key=True)
    title: str = Field(foreign_key="title.urn")
    version: int
    authority: str
    issued_to: str
    issued_at: datetime = Field(sa_type=type_instant)


certificate_number = Sequence("certificate_number", metadata=Row.metadata)
entry_certificate_number = Sequence("entry_certificate_number", metadata=Row.metadata)
