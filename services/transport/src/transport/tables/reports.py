"""What citizens report, with their pictures; who reported is known to this table only."""

from datetime import date

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field

from transport.tables.base import Table, sealed


class Report(Table, table=True):
    __tablename__ = "report"
    __table_args__ = (Index("report_reporter", "reporter", "urn"), Index("report_state", "state", "urn"))

    urn: str = Field(primary_key=True)
    version: int
    reporter: str
    kind: str
    occurred_on: date
    place: str = Field(sa_column=sealed("report.place"))
    plate_type: str
    plate_number: str = Field(sa_column=sealed("report.plate_number"))
    description: str = Field(sa_column=sealed("report.description"))
    state: str
    submitted_on: date
    decide_by: date
    decided_on: date | None
    decision_reason: str | None = Field(sa_column=sealed("report.decision_reason", nullable=True))
    violation: str | None = Field(foreign_key="violation.urn")


class Evidence(Table, table=True):
    __tablename__ = "evidence"

    id: str = Field(primary_key=True)
    report: str = Field(foreign_key="report.urn", index=True)
    position: int
    media_type: str
    width: int
    height: int
    size: int
    received_sha256: str
    """Of the file as it came: what the reporter can show to have handed in."""
    stored_sha256: str
    """Of the picture as it is kept, without what the camera wrote about itself."""
    content: bytes = Field(sa_column=Column("content", LargeBinary, nullable=False))
    """Sealed under the department's own key, bound to this row."""
