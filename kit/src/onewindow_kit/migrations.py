"""The kit's own tables, created by every department's migrations: ``migrations.v1(op)``, later ``v2(op)``."""

from __future__ import annotations

from typing import Any

from onewindow_kit import aliases, db
from onewindow_kit.adverse.table import adverse_act, adverse_matter
from onewindow_kit.cases.table import case_file

_V1 = (
    db.record,
    db.outbox,
    db.relay_offset,
    db.consumer_offset,
    db.consumer_version,
    db.idempotency,
    db.import_progress,
)


_V2 = (case_file, aliases.alias, aliases.filed_as)
_V3 = (adverse_act, adverse_matter)


def v1(op: Any) -> None:
    """Create the tables; ``op`` is ``alembic.op``. A later change to them stands beside this, never an edit."""
    for table in _V1:
        table.create(op.get_bind())


def v1_down(op: Any) -> None:
    for table in reversed(_V1):
        table.drop(op.get_bind())


def v2(op: Any) -> None:
    """Cases, and the earlier names that merges leave."""
    for table in _V2:
        table.create(op.get_bind())


def v2_down(op: Any) -> None:
    for table in reversed(_V2):
        table.drop(op.get_bind())


def v3(op: Any) -> None:
    """Adverse acts, and open questions and disputes."""
    for table in _V3:
        table.create(op.get_bind())


def v3_down(op: Any) -> None:
    for table in reversed(_V3):
        table.drop(op.get_bind())
