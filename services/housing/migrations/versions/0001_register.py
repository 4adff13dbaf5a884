"""The register: titles, holdings, mortgages, freezes; the kit's tables beside them."""

import sqlalchemy as sa
from alembic import op
from onewindow_kit import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    migrations.v1(op)
    op.execute(sa.schema.CreateSequence(sa.Sequence("certificate_number")))
    op.execute(sa.schema.CreateSequence(sa.Sequence("entry_certificate_number")))
    op.create_table(
        "title",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column("address", sa.LargeBinary, nullable=False, comment="sealed"),
        sa.Column("area", sa.Integer, nullable=False, comment="hundredths of a square metre"),
        sa.Column("use", sa.Text, nullable=False),
        sa.Column("price", sa.BigInteger, comment="fen"),
        sa.Column("certificate_number", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("ownership", sa.Text, nullable=False),
        sa.Column("registered_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
    )
    op.create_index(
        "title_unit_in_force", "title", ["unit_code"], unique=True, postgresql_where=sa.text("ended_on is null")
    )
    op.create_table(
        "holding",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
        sa.Column("owner", sa.Text, nullable=False, comment="housing pseudonym"),
        sa.Column("numerator", sa.Integer),
        sa.Column("denominator", sa.Integer),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, comment="closed on; null while held"),
        sa.Column("name", sa.LargeBinary, nullable=False, comment="name as registered, sealed"),
    )
    op.create_index(
        "holding_held", "holding", ["title", "owner"], unique=True, postgresql_where=sa.text("until is null")
    )
    op.create_index("holding_owner", "holding", ["owner"])
    op.create_table(
        "mortgage",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("mortgagee_name", sa.Text, nullable=False),
        sa.Column("mortgagee_code", sa.Text, nullable=False),
        sa.Column("secured", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("debt_from", sa.Date, nullable=False),
        sa.Column("debt_until", sa.Date, nullable=False),
        sa.Column("no_transfer", sa.Boolean, nullable=False),
        sa.Column("certificate_number", sa.Text, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("registered_on", sa.Date, nullable=False),
        sa.Column("released_on", sa.Date),
        sa.Column("ended_on", sa.Date),
        sa.Column("release", sa.LargeBinary, comment="blind index of the release number"),
    )
    op.create_index("mortgage_title", "mortgage", ["title", "urn"])
    op.create_table(
        "freeze",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column("ordered_by", sa.Text, nullable=False),
        sa.Column("order_number", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
    )
    op.create_index("freeze_title", "freeze", ["title", "urn"])
    op.create_table(
        "deceased",
        sa.Column("person", sa.Text, primary_key=True, comment="housing pseudonym"),
        sa.Column("died_on", sa.Date, nullable=False),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, sa.ForeignKey("title.urn"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("issued_to", sa.Text, nullable=False, comment="an owner's pseudonym or the office"),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("certificate", "deceased", "freeze", "mortgage", "holding", "title"):
        op.drop_table(table)
    op.execute(sa.schema.DropSequence(sa.Sequence("entry_certificate_number")))
    op.execute(sa.schema.DropSequence(sa.Sequence("certificate_number")))
    migrations.v1_down(op)
