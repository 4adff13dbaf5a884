"""Adverse acts, and open questions and disputes."""

from alembic import op
from onewindow_kit import migrations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    migrations.v3(op)


def downgrade() -> None:
    migrations.v3_down(op)
