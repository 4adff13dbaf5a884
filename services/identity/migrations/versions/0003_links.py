"""Organisations and their representatives; merges and splits of persons."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "create sequence link_order",
    "alter table person add column merged_into uuid references person (id)",
    "alter table person add column link_order bigint not null default 0",
    "alter table person alter column link_order drop default",
    """
    create table organisation (
        id uuid not null,
        urn varchar not null,
        version integer not null,
        link_urn varchar not null,
        link_version integer not null,
        name bytea not null,
        uscc bytea not null,
        uscc_blind bytea not null,
        kind varchar not null,
        state varchar not null,
        registered_on date not null,
        dissolved_on date,
        primary key (id),
        unique (urn)
    )
    """,
    "create unique index organisation_uscc on organisation (uscc_blind)",
    """
    create table organisation_pseudonym (
        pseudonym varchar not null,
        organisation_id uuid not null,
        sector varchar not null,
        generation integer not null,
        current boolean not null,
        primary key (pseudonym),
        foreign key (organisation_id) references organisation (id)
    )
    """,
    "create unique index organisation_pseudonym_current on organisation_pseudonym (organisation_id, sector) where current",
    """
    create table representation (
        urn varchar not null,
        version integer not null,
        organisation_id uuid not null,
        person_id uuid not null,
        capacity varchar not null,
        powers varchar not null,
        state varchar not null,
        since date not null,
        until date,
        ended_on date,
        primary key (urn),
        foreign key (organisation_id) references organisation (id),
        foreign key (person_id) references person (id)
    )
    """,
    """
    create unique index representation_one_legal on representation (organisation_id)
        where state = 'in-force' and capacity = 'legal-representative'
    """,
    "create unique index representation_one_each on representation (organisation_id, person_id) where state = 'in-force'",
    "create index representation_person on representation (person_id)",
    """
    create table link_decision (
        id varchar not null,
        kind varchar not null,
        state varchar not null,
        survivor_id uuid not null,
        other_id uuid,
        content bytea not null,
        moved bytea,
        link_order bigint not null,
        proposed_by varchar not null,
        proposed_on date not null,
        decided_by varchar,
        decided_on date,
        undone_by varchar,
        primary key (id),
        foreign key (survivor_id) references person (id),
        foreign key (other_id) references person (id)
    )
    """,
    "create index link_decision_survivor on link_decision (survivor_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in ("link_decision", "representation", "organisation_pseudonym", "organisation"):
        op.execute(f"drop table {table}")
    op.execute("alter table person drop column link_order")
    op.execute("alter table person drop column merged_into")
    op.execute("drop sequence link_order")
