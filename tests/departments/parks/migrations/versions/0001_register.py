"""The register of allotments; the kit's tables beside it."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    migrations.v1(op)
    op.create_table(
        "allotment",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False, comment="parks pseudonym"),
        sa.Column("plot", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rent", sa.BigInteger, nullable=False, comment="fen for a year"),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
    )
    op.create_index("allotment_held", "allotment", ["plot"], unique=True, postgresql_where=sa.text("until is null"))


def downgrade() -> None:
    op.drop_table("allotment")
    migrations.v1_down(op)
