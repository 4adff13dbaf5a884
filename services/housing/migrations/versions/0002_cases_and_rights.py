"""Cases by several parties, rights that stand beside a title, and freezes that wait for each other."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
