"""A database and a role for each department and for the access record; none may connect to another's.

The gateway has a role without a database of its own: it may read the access record, and nothing else anywhere.
"""

from urllib.parse import quote, urlsplit

from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS, Instance
from onewindow_local.secrets_file import known_or_made

RECORD = "access"
"""Whose database holds the access record: the recorder owns it."""
READER = "gateway"
"""Who may read the access record."""


def passwords(instance: Instance) -> dict[str, str]:
    """Holder -> password of its role; made once and kept with the keys (0600)."""
    holders = (*DEPARTMENTS, *instance.guests, RECORD, READER)
    return known_or_made(instance.keys / "databases.json", holders)


def name_of(prefix: str, holder: str) -> str:
    """The name of both the database and its owner. The prefix keeps instances apart on a shared server."""
    return f"{prefix}_{holder}"


def service_url(superuser_url: str, prefix: str, holder: str, password: str, database: str | None = None) -> str:
    """The address that the holder's processes are given; ``database`` names whose, when not its own."""
    parts = urlsplit(superuser_url)
    role, name = name_of(prefix, holder), name_of(prefix, database or holder)
    query = f"?{parts.query}" if parts.query else ""
    location = parts.netloc.rpartition("@")[2]
    return f"postgresql+asyncpg://{role}:{quote(password, safe='')}@{location}/{name}{query}"


async def provide(superuser_url: str, prefix: str, secrets_by_holder: dict[str, str]) -> None:
    """Make what is missing, set the passwords, and shut the doors. Doing it again changes nothing."""
    import asyncpg  # not needed by commands that only read

    try:
        connection = await asyncpg.connect(superuser_url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise LocalError(
            f"PostgreSQL at {urlsplit(superuser_url).netloc.rpartition('@')[2]} cannot be used: {error}",
            "Check the address, the user and the password given with --database.",
        ) from error
    try:
        for holder, password in secrets_by_holder.items():
            await _provide_role(connection, name_of(prefix, holder), password)
            if holder != READER:
                await _provide_database(connection, name_of(prefix, holder))
        if RECORD in secrets_by_holder and READER in secrets_by_holder:
            await _open_to_reader(connection, superuser_url, name_of(prefix, RECORD), name_of(prefix, READER))
    except asyncpg.InsufficientPrivilegeError as error:
        raise LocalError(
            "The user given with --database may not make roles and databases.",
            "Give a superuser's address, or a user with CREATEROLE and CREATEDB.",
        ) from error
    finally:
        await connection.close()


async def _provide_role(connection: "asyncpg.Connection", name: str, password: str) -> None:  # noqa: F821 (imported late)
    if not await connection.fetchval("select 1 from pg_roles where rolname = $1", name):
        await connection.execute(f'create role "{name}" login')
    # token_urlsafe yields no quotes; the server stores a SCRAM verifier only.
    await connection.execute(f"alter role \"{name}\" password '{password}'")


async def _provide_database(connection: "asyncpg.Connection", name: str) -> None:  # noqa: F821 (imported late)
    if not await connection.fetchval("select 1 from pg_database where datname = $1", name):
        await connection.execute(f'grant "{name}" to current_user')
        await connection.execute(f'create database "{name}" owner "{name}"')
    await connection.execute(f'revoke connect on database "{name}" from public')


async def _open_to_reader(
    connection: "asyncpg.Connection",  # noqa: F821 (imported late)
    superuser_url: str,
    owner: str,
    reader: str,
) -> None:
    """Whatever tables the owner makes, the reader may select from and do nothing else with."""
    import asyncpg

    await connection.execute(f'grant connect on database "{owner}" to "{reader}"')
    inside = await asyncpg.connect(urlsplit(superuser_url)._replace(path=f"/{owner}").geturl(), timeout=10)
    try:
        await inside.execute(f'grant select on all tables in schema public to "{reader}"')
        default = f'alter default privileges for role "{owner}" in schema public grant select on tables to "{reader}"'
        await inside.execute(default)
    finally:
        await inside.close()
