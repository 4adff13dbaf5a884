"""Stays and residence permits; what ended a kinship and when it will end; deadlines of moves; the kit's cases."""

from alembic import op
from onewindow_kit import migrations

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    create table stay (
        urn varchar not null,
        version integer not null,
        person_id uuid not null,
        division varchar not null,
        neighbourhood varchar,
        address bytea not null,
        since date not null,
        counted_from date not null,
        exit varchar,
        ended_on date,
        primary key (urn),
        foreign key (person_id) references person (id)
    )
    """,
    "create unique index stay_one_open on stay (person_id) where ended_on is null",
    """
    create table residence_permit (
        urn varchar not null,
        version integer not null,
        person_id uuid not null,
        state varchar not null,
        division varchar not null,
        neighbourhood varchar,
        ground varchar not null,
        granted_on date not null,
        counted_from date not null,
        endorsed_on date not null,
        endorse_by date not null,
        suspended_on date,
        ended_on date,
        primary key (urn),
        foreign key (person_id) references person (id)
    )
    """,
    "create unique index residence_permit_one_held on residence_permit (person_id) where state <> 'ended'",
    "create index residence_permit_due on residence_permit (endorse_by) where state = 'valid'",
    "alter table kinship add column ending varchar",
    "alter table kinship add column due_on date",
    "create index kinship_due on kinship (due_on) where state = 'in-force'",
    "create unique index marriage_first on kinship (first_id) where kind = 'marriage' and state = 'in-force'",
    "create unique index marriage_second on kinship (second_id) where kind = 'marriage' and state = 'in-force'",
    "alter table move add column decide_by date",
)


def upgrade() -> None:
    migrations.v2(op)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("alter table move drop column decide_by")
    op.execute("drop index marriage_second")
    op.execute("drop index marriage_first")
    op.execute("alter table kinship drop column due_on")
    op.execute("alter table kinship drop column ending")
    for table in ("residence_permit", "stay"):
        op.execute(f"drop table {table}")
    migrations.v2_down(op)
