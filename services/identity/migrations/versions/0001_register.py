"""The population register's first tables, beside the kit's own."""

from alembic import op
from onewindow_kit import migrations

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    create table household (
        urn varchar not null,
        version integer not null,
        kind varchar not null,
        division varchar not null,
        neighbourhood varchar,
        address bytea not null,
        code bytea,
        code_blind bytea,
        state varchar not null,
        opened_on date not null,
        closed_on date,
        primary key (urn)
    )
    """,
    "create unique index household_code on household (code_blind)",
    """
    create table issuer_assertion (
        name varchar not null,
        expires_at timestamp with time zone not null,
        primary key (name)
    )
    """,
    "create index issuer_assertion_expiry on issuer_assertion (expires_at)",
    """
    create table issuer_code (
        digest bytea not null,
        request bytea not null,
        expires_at timestamp with time zone not null,
        primary key (digest)
    )
    """,
    "create index issuer_code_expiry on issuer_code (expires_at)",
    """
    create table person (
        id uuid not null,
        urn varchar not null,
        version integer not null,
        link_urn varchar not null,
        link_version integer not null,
        name bytea not null,
        sex varchar not null,
        birth_date date not null,
        ethnic_group varchar,
        birth_division varchar,
        standing varchar not null,
        standing_since date not null,
        died_on date,
        origin varchar not null,
        declared_late boolean not null,
        primary key (id),
        unique (urn)
    )
    """,
    """
    create table card (
        urn varchar not null,
        version integer not null,
        person_id uuid not null,
        state varchar not null,
        reason varchar not null,
        issued_on date not null,
        valid_until date,
        ended_on date,
        primary key (urn),
        foreign key (person_id) references person (id)
    )
    """,
    "create unique index card_one_valid on card (person_id) where state = 'valid'",
    "create index card_person on card (person_id)",
    """
    create table correction (
        id varchar not null,
        person_id uuid not null,
        field varchar not null,
        value bytea not null,
        seen bytea not null,
        state varchar not null,
        proposed_by varchar not null,
        proposed_on date not null,
        decided_by varchar,
        decided_on date,
        primary key (id),
        foreign key (person_id) references person (id)
    )
    """,
    """
    create table identification (
        urn varchar not null,
        version integer not null,
        person_id uuid not null,
        scheme varchar not null,
        number bytea not null,
        number_blind bytea not null,
        state varchar not null,
        reason varchar not null,
        assigned_on date not null,
        ended_on date,
        primary key (urn),
        foreign key (person_id) references person (id)
    )
    """,
    "create index identification_number on identification (scheme, number_blind)",
    "create unique index identification_one_holder on identification (scheme, number_blind) where state = 'current'",
    "create unique index identification_one_number on identification (person_id, scheme) where state in ('current', 'contested')",
    "create index identification_person on identification (person_id)",
    """
    create table kinship (
        urn varchar not null,
        version integer not null,
        kind varchar not null,
        basis varchar not null,
        state varchar not null,
        since date not null,
        ended_on date,
        first_id uuid not null,
        second_id uuid not null,
        primary key (urn),
        foreign key (first_id) references person (id),
        foreign key (second_id) references person (id)
    )
    """,
    "create index kinship_first on kinship (first_id)",
    "create index kinship_second on kinship (second_id)",
    """
    create table papers (
        id varchar not null,
        person_id uuid not null,
        about varchar not null,
        content bytea not null,
        client varchar not null,
        recorded_at timestamp with time zone not null,
        primary key (id),
        foreign key (person_id) references person (id)
    )
    """,
    "create index papers_person on papers (person_id)",
    """
    create table pseudonym (
        pseudonym varchar not null,
        person_id uuid not null,
        sector varchar not null,
        generation integer not null,
        current boolean not null,
        primary key (pseudonym),
        foreign key (person_id) references person (id)
    )
    """,
    "create unique index pseudonym_current on pseudonym (person_id, sector) where current",
    """
    create table registration (
        urn varchar not null,
        version integer not null,
        person_id uuid not null,
        household varchar not null,
        relationship varchar,
        entry varchar not null,
        registered_on date not null,
        exit varchar,
        ended_on date,
        primary key (urn),
        foreign key (person_id) references person (id),
        foreign key (household) references household (urn)
    )
    """,
    "create index registration_members on registration (household) where ended_on is null",
    "create unique index registration_one_head on registration (household) where ended_on is null and relationship = '02'",
    "create unique index registration_one_register on registration (person_id) where ended_on is null",
    "create index registration_person on registration (person_id)",
    """
    create table move (
        urn varchar not null,
        version integer not null,
        person_id uuid not null,
        registration varchar not null,
        step varchar not null,
        from_division varchar not null,
        to_division varchar not null,
        reason varchar not null,
        requested_on date not null,
        permitted_on date,
        certified_on date,
        certificate_until date,
        ended_on date,
        grounds varchar,
        primary key (urn),
        foreign key (person_id) references person (id),
        foreign key (registration) references registration (urn)
    )
    """,
    "create index move_expiry on move (certificate_until) where step = 'in-transit'",
    "create unique index move_one_open on move (person_id) where step in ('requested', 'permitted', 'in-transit')",
    """
    create table number_conflict (
        id varchar not null,
        scheme varchar not null,
        holder varchar not null,
        claimant varchar not null,
        state varchar not null,
        opened_on date not null,
        decided_on date,
        grounds varchar,
        primary key (id),
        foreign key (holder) references identification (urn),
        foreign key (claimant) references identification (urn)
    )
    """,
    "create index number_conflict_open on number_conflict (state, id)",
)


def upgrade() -> None:
    migrations.v1(op)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in (
        "number_conflict",
        "move",
        "registration",
        "pseudonym",
        "papers",
        "kinship",
        "identification",
        "correction",
        "card",
        "person",
        "issuer_code",
        "issuer_assertion",
        "household",
    ):
        op.execute(f"drop table {table}")
    migrations.v1_down(op)
