"""Questions and disputes as they stand, notices to citizens, and who was parted from whom."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from oversight.tables.base import Table, sealed

PENDING = "state in ('open', 'answered')"


class Matter(Table, table=True):
    """A question (``about`` an access entry) or a dispute (``about`` a record); ``content`` is JSON, see ``events.matters``.

    ``told_urn`` is the record by which the office's sector hears of it, None where no sector is told.
    """

    __tablename__ = "matter"
    __table_args__ = (
        Index("matter_once", "person", "about", unique=True, postgresql_where=text(PENDING)),
        Index("matter_office", "office", "kind", "state", "urn"),
        Index("matter_pending", "due", postgresql_where=text(PENDING)),
        Index("matter_person", "person"),
    )

    urn: str = Field(primary_key=True)
    version: int
    kind: str
    person: str
    about: str
    office: str
    opened_on: date
    state: str
    due: date
    reminders: int
    reminded_on: date | None
    escalated_on: date | None
    told_urn: str | None
    told_version: int
    content: str = Field(sa_column=sealed("matter.content"))


class Notice(Table, table=True):
    """What somebody was told; the whole of it stands in the kit's ``record`` table."""

    __tablename__ = "notice"
    __table_args__ = (Index("notice_person", "person"),)

    urn: str = Field(primary_key=True)
    version: int
    person: str


class Parted(Table, table=True):
    """A name that is nobody's any more, and the two persons whom it meant."""

    __tablename__ = "parted"

    old: str = Field(primary_key=True)
    stays: str
    leaves: str
