"""What the development issuer must remember to use things once: authorization codes and client assertions."""

from datetime import datetime

from sqlalchemy import Column, DateTime, Index
from sqlmodel import Field, SQLModel

from identity.tables.columns import sealed


class Code(SQLModel, table=True):
    """``digest`` is SHA-256 of the code; ``request`` the authorization request as JSON."""

    __tablename__ = "issuer_code"
    __table_args__ = (Index("issuer_code_expiry", "expires_at"),)

    digest: bytes = Field(primary_key=True)
    request: str = Field(sa_column=sealed("issuer_code.request"))
    expires_at: datetime = Field(sa_column=Column("expires_at", DateTime(timezone=True), nullable=False))


class Assertion(SQLModel, table=True):
    """An assertion's ``client|jti``, until it would have expired."""

    __tablename__ = "issuer_assertion"
    __table_args__ = (Index("issuer_assertion_expiry", "expires_at"),)

    name: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_column=Column("expires_at", DateTime(timezone=True), nullable=False))
