"""The plate lottery: pools, their parties, entries and quotas; licences that a merge put in doubt."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ENTERED = sa.text("state = 'entered'")
LIVE = sa.text("state = 'live'")
LIVE_LICENCE = "state in ('valid', 'retained', 'suspended', 'use-stopped')"


def upgrade() -> None:
    op.create_table(
        "lottery",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("quota", sa.Integer, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("freeze_on", sa.Date, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("reference", sa.Text),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("value", sa.Text),
        sa.Column("size", sa.Integer),
        sa.Column("root", sa.Text),
        sa.Column("frozen_at", sa.DateTime(timezone=True)),
        sa.Column("seed", sa.Text),
        sa.Column("drawn_at", sa.DateTime(timezone=True)),
        sa.Column("awarded", sa.Integer),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("lottery_newest", "lottery", ["created_at", "urn"])
    op.create_table(
        "lottery_party",
        sa.Column("lottery", sa.Text, sa.ForeignKey("lottery.urn"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("commitment", sa.Text),
        sa.Column("signature", sa.Text),
        sa.Column("secret", sa.Text, comment="published when it is revealed"),
    )
    op.create_table(
        "lottery_entry",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("lottery", sa.Text, sa.ForeignKey("lottery.urn"), nullable=False),
        sa.Column("applicant", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("entered_on", sa.Date, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("opening", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("weight", sa.Integer),
        sa.Column("failed_rounds", sa.Integer),
        sa.Column("drawn", sa.Integer, comment="place in the draw, from 1; none for who was not drawn"),
        sa.Column("ground", sa.Text),
        sa.Column("remedy", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "lottery_entry_one", "lottery_entry", ["lottery", "applicant"], unique=True, postgresql_where=ENTERED
    )
    op.create_index("lottery_entry_code", "lottery_entry", ["lottery", "code"], unique=True)
    op.create_index("lottery_entry_drawn", "lottery_entry", ["lottery", "drawn"], unique=True)
    op.create_index("lottery_entry_applicant", "lottery_entry", ["applicant", "urn"])
    op.create_table(
        "plate_quota",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("lottery", sa.Text, sa.ForeignKey("lottery.urn"), nullable=False),
        sa.Column("entry", sa.Text, sa.ForeignKey("lottery_entry.urn"), nullable=False, unique=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("vehicle", sa.Text, unique=True),
        sa.Column("barred_until", sa.Date),
    )
    op.create_index("plate_quota_one_live", "plate_quota", ["holder"], unique=True, postgresql_where=LIVE)
    op.create_index("plate_quota_holder", "plate_quota", ["holder", "urn"])
    op.create_index("plate_quota_end", "plate_quota", ["valid_until"], postgresql_where=LIVE)
    op.add_column("parking_permit", sa.Column("decide_by", sa.Date))
    # Two licences that a merge brought under one name stay both until an officer has decided.
    op.add_column("driving_licence", sa.Column("doubtful", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_index("driving_licence_one_live", "driving_licence")
    op.create_index(
        "driving_licence_one_live",
        "driving_licence",
        ["holder"],
        unique=True,
        postgresql_where=sa.text(f"{LIVE_LICENCE} and not doubtful"),
    )


def downgrade() -> None:
    op.drop_index("driving_licence_one_live", "driving_licence")
    op.create_index(
        "driving_licence_one_live", "driving_licence", ["holder"], unique=True, postgresql_where=sa.text(LIVE_LICENCE)
    )
    op.drop_column("driving_licence", "doubtful")
    op.drop_column("parking_permit", "decide_by")
    for table in ("plate_quota", "lottery_entry", "lottery_party", "lottery"):
        op.drop_table(table)
