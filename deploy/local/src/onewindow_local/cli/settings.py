"""`settings`: what a department's process is told, for one that you start yourself."""

import asyncio
import shlex
from typing import Annotated

import typer

from onewindow_local import databases, environment
from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.screen import err
from onewindow_local.environment import addresses
from onewindow_local.errors import LocalError
from onewindow_local.instance import SERVICES, Instance, choose, must_run

EXAMPLE = 'Example: [bold]eval "$(./onewindow settings parks)" && python -m parks all[/]'


def settings(
    department: Annotated[str, typer.Argument(metavar="DEPARTMENT", help="As its topic files name it.")],
    data: Data = None,
    port: Port = None,
) -> None:
    """Print the environment of a department's process, for `eval`. It holds a password.

    A department that the instance does not start itself gets its keys, a database and ports the first time.
    """
    instance = choose(data, port)
    must_run(instance)
    if department not in SERVICES:
        _admit(instance, department)
    told = environment.service_environment(instance, addresses(instance), department)
    for name, value in sorted(told.items()):
        if name.startswith("ONEWINDOW_"):
            print(f"export {name}={shlex.quote(value)}")


def _admit(instance: Instance, department: str) -> None:
    from onewindow_contracts.loader import load

    from onewindow_local.provisioning import provide_broker, provide_keys

    provide_keys(instance)
    if department not in {topic.department for topic in load().topics.values()}:
        raise LocalError(
            f"No topic file is of a department {department!r}.",
            "Name its contracts folder too: export ONEWINDOW_CONTRACTS=$PWD/contracts:/path/to/its/contracts",
        )
    new = department not in instance.guests
    instance.admit(department)
    passwords = {department: databases.passwords(instance)[department]}
    engines = addresses(instance)
    asyncio.run(databases.provide(engines.database, environment.instance_name(), passwords))
    if engines.kafka is None:
        provide_broker(instance)
    if new:
        err.print(f"Citizens' commands reach {department} after ./onewindow restart gateway.")
