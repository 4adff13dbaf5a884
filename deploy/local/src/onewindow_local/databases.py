"""A database and a role for each department; none may connect to another's."""

import json
import os
import secrets
from urllib.parse import quote, urlsplit

from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS, Instance


def passwords(instance: Instance) -> dict[str, str]:
    """Department -> password of its role; made once and kept with the keys (0600)."""
    file = instance.keys / "databases.json"
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = [name for name in (*DEPARTMENTS, *instance.guests) if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(24) for name in missing}
        instance.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            json.dump(known, out, indent=1)
    return known


def name_of(prefix: str, department: str) -> str:
    """The name of both the database and its owner. The prefix keeps instances apart on a shared server."""
    return f"{prefix}_{department}"


def service_url(superuser_url: str, prefix: str, department: str, password: str) -> str:
    """The address that the department's processes are given."""
    parts = urlsplit(superuser_url)
    name = name_of(prefix, department)
    query = f"?{parts.query}" if parts.query else ""
    location = parts.netloc.rpartition("@")[2]
    return f"postgresql+asyncpg://{name}:{quote(password, safe='')}@{location}/{name}{query}"


async def provide(superuser_url: str, prefix: str, secrets_by_department: dict[str, str]) -> None:
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
        for department, password in secrets_by_department.items():
            await _provide_one(connection, name_of(prefix, department), password)
    except asyncpg.InsufficientPrivilegeError as error:
        raise LocalError(
            "The user given with --database may not make roles and databases.",
            "Give a superuser's address, or a user with CREATEROLE and CREATEDB.",
        ) from error
    finally:
        await connection.close()


async def _provide_one(connection: "asyncpg.Connection", name: str, password: str) -> None:  # noqa: F821 (imported late)
    if not await connection.fetchval("select 1 from pg_roles where rolname = $1", name):
        await connection.execute(f'create role "{name}" login')
    # token_urlsafe yields no quotes; the server stores a SCRAM verifier only.
    await connection.execute(f"alter role \"{name}\" password '{password}'")
    if not await connection.fetchval("select 1 from pg_database where datname = $1", name):
        await connection.execute(f'grant "{name}" to current_user')
        await connection.execute(f'create database "{name}" owner "{name}"')
    await connection.execute(f'revoke connect on database "{name}" from public')
