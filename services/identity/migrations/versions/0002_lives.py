"""Stays and residence permits, what moves, cards and kinships tell besides, and the kit's cases."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("cases can't be undone: their decisions stand")
