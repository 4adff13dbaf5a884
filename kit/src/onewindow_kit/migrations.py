"""The kit's own tables, created by the first migration of every department: ``migrations.v1(op)``."""

from __future__ import annotations

from typing import Any

from onewindow_kit import db

_V1 = (
    db.record,
    db.outbox,
    db.relay_offset,
    db.consumer_offset,
    db.consumer_version,
    db.idempotency,
    db.import_progress,
)


def v1(op: Any) -> None:
    """Create the tables; ``op`` is ``alembic.op``. A later change to them is a ``v2`` beside this, never an edit."""
    for table in _V1:
        table.create(op.get_bind())


def v1_down(op: Any) -> None:
    for table in reversed(_V1):
        table.drop(op.get_bind())
