"""`down`: stop an instance, and with --purge throw its data away."""

import asyncio
import contextlib
import os
import shutil
import signal
from typing import Annotated

import typer

from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.screen import err
from onewindow_local.engines.children import wait_until
from onewindow_local.errors import LocalError
from onewindow_local.instance import CONTENTS, Instance, choose

MARKS = ("lock", "instance.json", "engines.json")  # what `up` writes first; keys/ or logs/ alone may be anybody's
EXAMPLE = "Example: [bold]./onewindow down --purge[/] stops and starts afresh the next time"


def down(
    purge: Annotated[bool, typer.Option("--purge", help="Throw the instance's data and keys away too.")] = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """Stop everything cleanly. Data stay, unless --purge."""
    instance = choose(data, port)
    if instance.running():
        asyncio.run(_stop(instance))
        err.print("Stopped.")
    else:
        err.print(f"Nothing runs in {instance.folder}.")
    if purge:
        _purge(instance)


async def _stop(instance: Instance) -> None:
    supervisor = int((instance.folder / "lock").read_text() or 0)
    if supervisor <= 0:
        raise LocalError("The supervisor has not said who it is yet.", "Try again in a second.")
    for number, seconds in ((signal.SIGTERM, 45), (signal.SIGKILL, 15)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(supervisor, number)
        if await wait_until(lambda: not instance.running(), seconds, pause=0.1):
            return
    raise LocalError(f"Process {supervisor} does not end.", "Look at it with ps, and end it by hand.")


def _purge(instance: Instance) -> None:
    """Only what an instance makes: a folder that holds more keeps the rest."""
    if not any((instance.folder / name).exists() for name in CONTENTS):
        err.print("There were no data.")
        return
    if not any((instance.folder / name).exists() for name in MARKS):
        raise LocalError(
            f"{instance.folder} is no instance's folder: nothing there says that `up` made it.",
            "Name the folder that `up` was given with --data; nothing was removed.",
        )
    for name in CONTENTS:
        entry = instance.folder / name
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        instance.folder.rmdir()
    err.print(f"Threw away the data in {instance.folder}.")
