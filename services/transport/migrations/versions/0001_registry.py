"""Licences, vehicles with plates and marks, parking permits, and the kit's own tables."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations

revision = "0001"
down_revision = None

LIVE_LICENCE = sa.text("state in ('valid', 'retained', 'suspended', 'use-stopped')")
LIVE_PERMIT = sa.text("state in ('applied', 'granted')")
REGISTERED = sa.text("state = 'registered'")


def upgrade() -> None:
    migrations.v1(op)
    op.create_table(
        "driving_licence",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("file_number", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("file_number_blind", sa.LargeBinary, nullable=False),
        sa.Column("classes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("first_issued_on", sa.Date, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("state_since", sa.Date, nullable=False),
        sa.Column("state_until", sa.Date),
        sa.Column("cancellation_reason", sa.Text),
        sa.Column("decision_reason", sa.LargeBinary, comment="sealed"),
        sa.Column("decision_remedy", sa.Text),
    )
    op.create_index("driving_licence_file_number", "driving_licence", ["file_number_blind"], unique=True)
    op.create_index(
        "driving_licence_one_live", "driving_licence", ["holder"], unique=True, postgresql_where=LIVE_LICENCE
    )
    op.create_index("driving_licence_holder", "driving_licence", ["holder", "urn"])
    op.create_index(
        "driving_licence_expiry", "driving_licence", ["valid_until"], postgresql_where=sa.text("state = 'valid'")
    )
    op.create_table(
        "vehicle",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("owner_since", sa.Date, nullable=False),
        sa.Column("vin", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("vin_blind", sa.LargeBinary, nullable=False),
        sa.Column("plate_type", sa.Text),
        sa.Column("plate_number", sa.LargeBinary, comment="sealed"),
        sa.Column("plate_since", sa.Date),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("make", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("colour", sa.Text, nullable=False),
        sa.Column("energy", sa.Text, nullable=False),
        sa.Column("use", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("first_registered_on", sa.Date, nullable=False),
        sa.Column("deregistration_reason", sa.Text),
    )
    op.create_index("vehicle_vin", "vehicle", ["vin_blind"], unique=True, postgresql_where=REGISTERED)
    op.create_index("vehicle_owner", "vehicle", ["owner", "urn"], postgresql_where=REGISTERED)
    for mark, columns in (
        (
            "mortgage",
            (sa.Column("mortgagee_code", sa.Text, nullable=False), sa.Column("mortgagee", sa.Text, nullable=False)),
        ),
        ("freeze", (sa.Column("ordered_by", sa.Text, nullable=False), sa.Column("document", sa.Text, nullable=False))),
    ):
        op.create_table(
            f"vehicle_{mark}",
            sa.Column("id", sa.Text, primary_key=True),
            sa.Column("vehicle", sa.Text, sa.ForeignKey("vehicle.urn"), nullable=False),
            *columns,
            sa.Column("since", sa.Date, nullable=False),
            *([sa.Column("until", sa.Date, nullable=False)] if mark == "freeze" else []),
        )
        op.create_index(f"ix_vehicle_{mark}_vehicle", f"vehicle_{mark}", ["vehicle"])
    op.create_table(
        "plate",
        sa.Column("type", sa.Text, primary_key=True),
        sa.Column("number_blind", sa.LargeBinary, primary_key=True),
        sa.Column("number", sa.LargeBinary, nullable=False, comment="sealed"),
        # Deferred: a new vehicle takes its plate first, so that a taken plate leaves nothing behind.
        sa.Column("vehicle", sa.Text, sa.ForeignKey("vehicle.urn", deferrable=True, initially="DEFERRED"), unique=True),
        sa.Column("kept_for", sa.Text),
        sa.Column("kept_until", sa.Date),
    )
    op.create_index("ix_plate_kept_for", "plate", ["kept_for"])
    op.create_table(
        "parking_permit",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("household", sa.Text),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("vehicle", sa.Text, sa.ForeignKey("vehicle.urn"), nullable=False),
        sa.Column("plate_number", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("applied_on", sa.Date, nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("decision_reason", sa.LargeBinary, comment="sealed"),
        sa.Column("decision_remedy", sa.Text),
    )
    op.create_index("parking_permit_one_live", "parking_permit", ["vehicle"], unique=True, postgresql_where=LIVE_PERMIT)
    op.create_index("parking_permit_holder", "parking_permit", ["holder", "urn"])
    op.create_index("parking_permit_household", "parking_permit", ["household"], postgresql_where=LIVE_PERMIT)
    op.create_index("parking_permit_state", "parking_permit", ["state", "urn"])
    op.create_table(
        "deceased",
        sa.Column("pseudonym", sa.Text, primary_key=True),
        sa.Column("died_on", sa.Date, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "deceased",
        "parking_permit",
        "plate",
        "vehicle_freeze",
        "vehicle_mortgage",
        "vehicle",
        "driving_licence",
    ):
        op.drop_table(table)
    migrations.v1_down(op)
