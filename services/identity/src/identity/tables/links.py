"""Merges and splits: decisions of two officers about who is who. Never published; the link records say what follows."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Sequence
from sqlmodel import Field, SQLModel

from identity.tables.columns import of_person, sealed

ORDER = Sequence("link_order", metadata=SQLModel.metadata)
"""Rises with every merge and split; link records of a later decision prevail."""


class LinkDecision(SQLModel, table=True):
    """``content`` is what was proposed; ``moved`` what a merge did to each row, so that it can be undone (both JSON).

    ``survivor_id`` is who remains: the survivor of a merge, who stays after a split. ``other_id`` is the losing person
    of a merge, and of a split who has left (null until confirmed, unless a merge is undone).
    """

    __tablename__ = "link_decision"
    __table_args__ = (Index("link_decision_survivor", "survivor_id"),)

    id: str = Field(primary_key=True)
    kind: str
    state: str = "proposed"
    survivor_id: UUID = Field(sa_column=of_person("survivor_id"))
    other_id: UUID | None = Field(default=None, sa_column=of_person("other_id", nullable=True))
    content: str = Field(sa_column=sealed("link_decision.content"))
    moved: str | None = Field(default=None, sa_column=sealed("link_decision.moved", nullable=True))
    link_order: int = Field(default=0, sa_column=Column("link_order", BigInteger, nullable=False))
    proposed_by: str
    proposed_on: date
    decided_by: str | None = None
    decided_on: date | None = None
    undone_by: str | None = None
