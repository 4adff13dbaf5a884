"""The housing provident fund: employers, accounts, ledger lines, months paid and in arrears, loans, transfers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "fund_employer",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column(
            "organisation", sa.Text, nullable=False, unique=True, comment="housing pseudonym of the organisation"
        ),
        sa.Column("uscc", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("employer_rate", sa.Integer, nullable=False, comment="percent"),
        sa.Column("employee_rate", sa.Integer, nullable=False, comment="percent"),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("employees", sa.Integer, nullable=False),
        sa.Column("paid", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("paid_until", sa.Date, comment="first day of the newest month paid"),
        sa.Column("arrears", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("arrears_lines", sa.Integer, nullable=False),
    )
    op.create_table(
        "fund_account",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False, comment="housing pseudonym"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("employer", sa.Text, sa.ForeignKey("fund_employer.urn")),
        sa.Column("employer_name", sa.Text),
        sa.Column("base", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("employer_rate", sa.Integer, nullable=False, comment="percent"),
        sa.Column("employee_rate", sa.Integer, nullable=False, comment="percent"),
        sa.Column("balance", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("arrears", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("paid_from", sa.Date, nullable=False, comment="first month that the present payer is to pay"),
        sa.Column("checked", sa.Date, nullable=False, comment="first month not yet looked at for arrears"),
        sa.Column("paid_until", sa.Date, comment="first day of the newest month paid"),
        sa.Column("interest_until", sa.Date, nullable=False),
        sa.Column("sealed_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("closed_because", sa.Text),
        sa.Column("pending", sa.Text, comment="the case that is to draw on it"),
        sa.CheckConstraint("balance >= 0", "fund_account_never_negative"),
    )
    op.create_index(
        "fund_account_one_live",
        "fund_account",
        ["person"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index("fund_account_person", "fund_account", ["person"])
    op.create_index(
        "fund_account_interest", "fund_account", ["interest_until"], postgresql_where=sa.text("state <> 'closed'")
    )
    op.create_index("fund_account_arrears", "fund_account", ["checked"], postgresql_where=sa.text("state = 'open'"))
    op.create_table(
        "fund_entry",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("account", sa.Text, sa.ForeignKey("fund_account.urn"), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False, comment="fen; negative out of the account"),
        sa.Column("balance_after", sa.BigInteger, nullable=False),
        sa.Column("month", sa.Date),
        sa.Column("value_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text),
        sa.CheckConstraint("amount <> 0 and balance_after >= 0", "fund_entry_never_negative"),
        sa.UniqueConstraint("account", "line", name="fund_entry_line"),
    )
    op.create_index("fund_entry_value", "fund_entry", ["account", "value_on"])
    op.create_table(
        "fund_month",
        sa.Column("account", sa.Text, sa.ForeignKey("fund_account.urn"), primary_key=True),
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("employer", sa.Text, sa.ForeignKey("fund_employer.urn")),
        sa.Column("due", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("paid_on", sa.Date, comment="null: in arrears"),
        comment="months paid, and months that an employer owes",
    )
    op.create_table(
        "fund_loan",
        sa.Column("urn", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False, comment="housing pseudonym"),
        sa.Column("account", sa.Text, sa.ForeignKey("fund_account.urn"), nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("principal", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("outstanding", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("annual_rate", sa.Text, nullable=False),
        sa.Column("months", sa.Integer, nullable=False),
        sa.Column("granted_on", sa.Date, nullable=False),
        sa.Column("interest_until", sa.Date, nullable=False),
        sa.Column("repaid_on", sa.Date),
        sa.CheckConstraint("outstanding >= 0 and outstanding <= principal", "fund_loan_within_principal"),
    )
    op.create_index("fund_loan_person", "fund_loan", ["person"])
    op.create_table(
        "fund_transfer",
        sa.Column("certificate", sa.Text, primary_key=True, comment="number of the transfer's certificate"),
        sa.Column("account", sa.Text, sa.ForeignKey("fund_account.urn"), nullable=False),
    )
    op.create_table(
        "fund_carried",
        sa.Column("source", sa.Text, sa.ForeignKey("fund_account.urn"), primary_key=True),
        sa.Column("target", sa.Text, sa.ForeignKey("fund_account.urn"), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False, comment="fen"),
        sa.Column("state", sa.Text, nullable=False, comment="the source's before"),
        comment="what one ledger took over from another when two persons turned out to be one",
    )


def downgrade() -> None:
    for table in (
        "fund_carried", "fund_transfer", "fund_loan", "fund_month", "fund_entry", "fund_account", "fund_employer"
    ):  # fmt: skip
        op.drop_table(table)
