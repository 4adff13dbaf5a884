"""The register of health codes; the kit's tables beside it."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    migrations.v1(op)
    migrations.v2(op)
    migrations.v3(op)
    op.create_table(
        "code",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text, nullable=False, unique=True, comment="health pseudonym"),
        sa.Column("colour", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("code")
    migrations.v3_down(op)
    migrations.v2_down(op)
    migrations.v1_down(op)
