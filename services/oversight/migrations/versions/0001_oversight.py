"""Questions, disputes, notices; revocations, locks, alarms; and the kit's own tables."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

PENDING = sa.text("state in ('open', 'answered')")
IN_FORCE = sa.text("lifted is null")


def upgrade() -> None:
    migrations.v1(op)
    migrations.v2(op)
    op.create_table(
        "matter",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False, comment="oversight pseudonym"),
        sa.Column("about", sa.Text, nullable=False, comment="id of an access entry, or URN of a record"),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("reminders", sa.Integer, nullable=False),
        sa.Column("reminded_on", sa.Date),
        sa.Column("escalated_on", sa.Date),
        sa.Column("told_urn", sa.Text),
        sa.Column("told_version", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="sealed"),
    )
    op.create_index("matter_once", "matter", ["person", "about"], unique=True, postgresql_where=PENDING)
    op.create_index("matter_office", "matter", ["office", "kind", "state", "urn"])
    op.create_index("matter_pending", "matter", ["due"], postgresql_where=PENDING)
    op.create_index("matter_person", "matter", ["person"])
    op.create_table(
        "notice",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False, comment="oversight pseudonym"),
    )
    op.create_index("notice_person", "notice", ["person"])
    op.create_table(
        "parted",
        sa.Column("old", sa.Text, primary_key=True),
        sa.Column("stays", sa.Text, nullable=False),
        sa.Column("leaves", sa.Text, nullable=False),
    )
    op.create_table(
        "revocation",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("put", JSONB, nullable=False, comment="by, officer, at, reason"),
        sa.Column("lifted", JSONB, comment="the same of whoever lifted it; null while it holds"),
    )
    op.create_index(
        "revocation_once",
        "revocation",
        ["kind", "value", sa.text("coalesce(organisation, '')")],
        unique=True,
        postgresql_where=IN_FORCE,
    )
    op.create_table(
        "lock",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("officer", sa.Text, comment="null: the whole office"),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("alarm", sa.Text),
        sa.Column("put", JSONB, nullable=False, comment="by, officer, at, reason"),
        sa.Column("lifted", JSONB, comment="the same of whoever lifted it; null while it holds"),
    )
    op.create_index(
        "lock_once",
        "lock",
        ["organisation", sa.text("coalesce(officer, '')")],
        unique=True,
        postgresql_where=IN_FORCE,
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", JSONB, nullable=False, comment="as it was raised; names no citizen"),
    )
    op.create_index("alarm_at", "alarm", [sa.text("at desc"), sa.text("id desc")])


def downgrade() -> None:
    for table in ("alarm", "lock", "revocation", "parted", "notice", "matter"):
        op.drop_table(table)
    migrations.v2_down(op)
    migrations.v1_down(op)
