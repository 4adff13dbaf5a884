"""Violations, points by cycle, reports with evidence, the day of each class, and the kit's cases."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations

revision = "0002"
down_revision = "0001"

TABLES = ("evidence", "report", "points_reduction", "violation", "points_cycle", "added_class")


def upgrade() -> None:
    migrations.v2(op)
    op.create_table(
        "added_class",
        sa.Column("licence", sa.Text, sa.ForeignKey("driving_licence.urn"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("added_on", sa.Date, nullable=False),
    )
    op.create_table(
        "points_cycle",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("licence", sa.Text, sa.ForeignKey("driving_licence.urn"), nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("carried_in", sa.Integer, nullable=False),
        sa.Column("reduced", sa.Integer, nullable=False),
        sa.Column("times_full", sa.Integer, nullable=False),
        sa.Column("full_on", sa.Date),
        sa.Column("holds", sa.Boolean, nullable=False),
        sa.CheckConstraint("points >= 0 and reduced >= 0", name="points_cycle_not_negative"),
    )
    open_cycle = sa.text("state = 'open'")
    op.create_index("points_cycle_start", "points_cycle", ["licence", "starts_on"], unique=True)
    op.create_index("points_cycle_one_open", "points_cycle", ["licence"], unique=True, postgresql_where=open_cycle)
    op.create_index("points_cycle_end", "points_cycle", ["ends_on"], postgresql_where=open_cycle)
    op.create_index("points_cycle_holder", "points_cycle", ["holder", "urn"])
    _violation()
    op.create_table(
        "points_reduction",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("cycle", sa.Text, sa.ForeignKey("points_cycle.urn"), nullable=False),
        sa.Column("means", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("granted_on", sa.Date, nullable=False),
        sa.Column("counting", sa.Boolean, nullable=False),
    )
    op.create_index("ix_points_reduction_cycle", "points_reduction", ["cycle"])
    _report()


def _violation() -> None:
    op.create_table(
        "violation",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("fine", sa.BigInteger, nullable=False),
        sa.Column("vehicle", sa.Text, sa.ForeignKey("vehicle.urn")),
        sa.Column("owner", sa.Text),
        sa.Column("driver", sa.Text),
        sa.Column("document", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("document_blind", sa.LargeBinary, nullable=False),
        sa.Column("place", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("officer", sa.Text),
        sa.Column("occurred_on", sa.Date, nullable=False),
        sa.Column("recorded_on", sa.Date, nullable=False),
        sa.Column("respond_by", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_before", sa.Text),
        sa.Column("accepted_on", sa.Date),
        sa.Column("pay_by", sa.Date),
        sa.Column("paid_on", sa.Date),
        sa.Column("paid", sa.BigInteger),
        sa.Column("licence", sa.Text, sa.ForeignKey("driving_licence.urn")),
        sa.Column("cycle", sa.Text, sa.ForeignKey("points_cycle.urn")),
        sa.Column("counting", sa.Boolean, nullable=False),
        sa.Column("objection", sa.Text),
        sa.Column("decision_reason", sa.LargeBinary, comment="sealed"),
        sa.Column("decision_remedy", sa.Text),
    )
    op.create_index("violation_document", "violation", ["document_blind"], unique=True)
    op.create_index("violation_owner", "violation", ["owner", "urn"])
    op.create_index("violation_driver", "violation", ["driver", "urn"])
    op.create_index("violation_cycle", "violation", ["cycle"])
    still_open = sa.text("state not in ('paid', 'annulled')")
    op.create_index("violation_open", "violation", ["vehicle"], postgresql_where=still_open)
    op.create_index("violation_state", "violation", ["state", "urn"])


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reporter", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("occurred_on", sa.Date, nullable=False),
        sa.Column("place", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("plate_type", sa.Text, nullable=False),
        sa.Column("plate_number", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("description", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("submitted_on", sa.Date, nullable=False),
        sa.Column("decide_by", sa.Date, nullable=False),
        sa.Column("decided_on", sa.Date),
        sa.Column("decision_reason", sa.LargeBinary, comment="sealed"),
        sa.Column("violation", sa.Text, sa.ForeignKey("violation.urn")),
    )
    op.create_index("report_reporter", "report", ["reporter", "urn"])
    op.create_index("report_state", "report", ["state", "urn"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report", sa.Text, sa.ForeignKey("report.urn"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("received_sha256", sa.Text, nullable=False),
        sa.Column("stored_sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="sealed"),
    )
    op.create_index("ix_evidence_report", "evidence", ["report"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    migrations.v2_down(op)
