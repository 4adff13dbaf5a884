"""Cases by several parties, rights that stand beside a title, and freezes that wait for each other."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    migrations.v2(op)
    op.add_column(
        "freeze",
        sa.Column(
            "place", sa.Integer, nullable=False, server_default="0", comment="0 in force, else place in the queue"
        ),
    )
    op.create_index("freeze_open", "freeze", ["until"], postgresql_where=sa.text("ended_on is null"))
    op.add_column("mortgage", sa.Column("mortgagee", sa.Text, comment="the creditor's housing pseudonym, where known"))
    op.create_index("mortgage_mortgagee", "mortgage", ["mortgagee"], postgresql_where=sa.text("mortgagee is not null"))
    _right("objection", "objector", sa.Column("holds_until", sa.Date, nullable=False), sa.Column("suit_on", sa.Date))
    _right("advance_notice", "beneficiary", sa.Column("registrable_on", sa.Date), sa.Column("holds_until", sa.Date))
    _right("residence_right", "resident", sa.Column("until", sa.Date))
    op.create_table(
        "offer",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column("case_urn", sa.Text, nullable=False),
        sa.Column("seller", sa.Text, nullable=False),
        sa.Column("numerator", sa.Integer, nullable=False),
        sa.Column("denominator", sa.Integer, nullable=False),
        sa.Column("price", sa.BigInteger, comment="fen"),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("respond_by", sa.Date, nullable=False),
        sa.Column("answers", postgresql.JSONB, nullable=False, comment="owner's pseudonym: asked, accepted or waived"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
    )
    op.create_index("offer_case", "offer", ["case_urn"])
    op.create_index("offer_state", "offer", ["state", "respond_by"])
    op.create_index("offer_answers", "offer", ["answers"], postgresql_using="gin")
    op.create_table(
        "application",
        sa.Column("case_urn", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
    )
    op.create_index("application_title", "application", ["title"])
    op.create_table(
        "renunciation",
        sa.Column("case_urn", sa.Text, primary_key=True),
        sa.Column("heir", sa.Text, primary_key=True, comment="housing pseudonym"),
        sa.Column("renounced_on", sa.Date, nullable=False),
    )


def downgrade() -> None:
    for table in ("renunciation", "application", "offer", "residence_right", "advance_notice", "objection"):
        op.drop_table(table)
    op.drop_index("mortgage_mortgagee", "mortgage")
    op.drop_column("mortgage", "mortgagee")
    op.drop_index("freeze_open", "freeze")
    op.drop_column("freeze", "place")
    migrations.v2_down(op)


def _right(table: str, holder: str, *days: sa.Column) -> None:
    """A right in a title that somebody besides its owners has."""
    op.create_table(
        table,
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column(holder, sa.Text, nullable=False, comment="housing pseudonym"),
        sa.Column("registered_on", sa.Date, nullable=False),
        *days,
        sa.Column("ending", sa.Text),
        sa.Column("ended_on", sa.Date),
    )
    op.create_index(f"{table}_title", table, ["title", "urn"])
    op.create_index(f"{table}_{holder}", table, [holder])
