"""The tables of the access record, in the database of the holder ``access``. Each step is done once, in order, for ever.

Columns of ``entry`` tell which credential saw what kind of thing of somebody, and when; whom it was about is a number, what
else the entry says is sealed under that person's key. Destroying the row of a ``subject`` therefore makes all entries
about them unreadable, while the leaves of the tree, which are hashes, stay. ``expiry`` and ``erasure`` say what went lawfully. A ``shape`` is everything of an entry that
names neither person nor case nor credential nor time: the same for very many entries, hence stored once.
"""

from __future__ import annotations

from typing import Final

import asyncpg

_FIRST = """
create table head (
    one boolean primary key default true check (one),
    origin text not null,
    verifier_key text not null,
    next_offset bigint not null,
    size bigint not null
);
create table writer (
    id text primary key,
    number bigint not null,
    digest bytea not null,
    at timestamptz not null default now()
);
create table subject (
    number bigint generated always as identity primary key,
    blind bytea not null unique,
    pseudonym bytea not null,
    key bytea not null
);
create table credential (
    number bigint generated always as identity primary key,
    digest bytea not null unique,
    client text not null,
    actor text,
    token text not null,
    key text
);
create index credential_client on credential (client);
create index credential_actor on credential (actor) where actor is not null;
create index credential_token on credential (token);
create index credential_key on credential (key) where key is not null;
create table shape (
    number bigint generated always as identity primary key,
    digest bytea not null unique,
    kind text not null,
    outcome text not null,
    reason text,
    organisation text not null,
    purpose text,
    legal_basis text,
    operation text not null,
    records jsonb not null,
    withheld jsonb not null
);
create table entry (
    index bigint primary key,
    id text not null,
    at timestamptz not null,
    subject bigint,
    credential bigint not null,
    shape bigint not null,
    discloses_on date,
    sealed bytea not null
);
alter table entry alter column sealed set storage external;
create index entry_open on entry (subject, index) where discloses_on is null;
create index entry_delayed on entry (subject, discloses_on, index) where discloses_on is not null;
create index entry_disclosing on entry (discloses_on, shape) where discloses_on is not null;
create index entry_credential on entry (credential, index);
create index entry_id on entry (id);
create table tile (
    level smallint not null,
    index bigint not null,
    hashes bytea not null,
    primary key (level, index)
);
alter table tile alter column hashes set storage external;
create table checkpoint (
    size bigint primary key,
    root bytea not null,
    note text not null,
    cosignatures text not null default '',
    at timestamptz not null default now()
);
create index checkpoint_cosigned on checkpoint (size) where cosignatures <> '';
create table expiry (
    until bigint primary key,
    before date not null,
    at timestamptz not null default now()
);
create table erasure (
    subject bigint primary key,
    at timestamptz not null default now()
);
"""

STEPS: Final = (_FIRST,)
_LOCK: Final = 0x6F77_7265_636F_7264  # "owrecord": nobody else's advisory lock


async def migrate(connection: asyncpg.Connection) -> None:
    """Bring the tables to this release's; doing it again changes nothing. RuntimeError when a newer release made them."""
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
        await connection.execute("create table if not exists step (number int primary key)")
        done = await connection.fetchval("select count(*) from step")
        if done > len(STEPS):
            raise RuntimeError("the record's tables were made by a newer release")
        for number, step in enumerate(STEPS[done:], done):
            await connection.execute(step)
            await connection.execute("insert into step values ($1)", number)
