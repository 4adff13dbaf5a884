"""`logs` and `restart`: look at one process, or start it anew."""

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Annotated

import typer

from onewindow_local import operators_port
from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.screen import err
from onewindow_local.engines.children import wait_until
from onewindow_local.errors import LocalError
from onewindow_local.instance import SERVICES, Instance, choose, flags, must_run

PROCESSES = (*SERVICES, "postgres", "kafka")
LOGGED = ("supervisor", *PROCESSES)
LOGS_EXAMPLE = "Example: [bold]./onewindow logs housing --follow[/]"
RESTART_EXAMPLE = "Example: [bold]./onewindow restart projector[/]"


def logs(
    service: Annotated[str | None, typer.Argument(metavar="SERVICE", help="; ".join(LOGGED))] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as lines are written; Ctrl-C ends.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines.")] = 40,
    data: Data = None,
    port: Port = None,
) -> None:
    """Show the last lines of a process, or of all. Logs hold no personal data."""
    instance = choose(data, port)
    if service is not None and service not in LOGGED:
        raise LocalError(f"There is no process {service!r}.", f"One of: {', '.join(LOGGED)}.")
    files = {name: instance.log(name) for name in ([service] if service else LOGGED) if instance.log(name).exists()}
    if not files:
        raise LocalError(
            f"There is no log in {instance.folder} yet.",
            f"Start the instance: ./onewindow up --detach{flags(instance)}",
        )
    width = max(len(name) for name in files) if len(files) > 1 else 0
    places = {}
    for name, file in files.items():
        content = file.read_bytes()
        places[name] = len(content)
        for line in content.decode(errors="replace").splitlines()[-lines:] if lines else []:
            _print(name, line, width)
    with contextlib.suppress(KeyboardInterrupt):
        while follow:
            time.sleep(0.25)
            for name, file in files.items():
                places[name] = _follow(name, file, places[name], width)


def _follow(name: str, file: Path, place: int, width: int) -> int:
    """Print the whole lines after byte `place`; where to go on."""
    with contextlib.suppress(FileNotFoundError), file.open("rb") as handle:
        if os.fstat(handle.fileno()).st_size < place:
            place = 0
        handle.seek(place)
        whole, newline, _ = handle.read().rpartition(b"\n")
        if newline:
            for line in whole.decode(errors="replace").splitlines():
                _print(name, line, width)
            return place + len(whole) + 1
    return place


def _print(name: str, line: str, width: int) -> None:
    print(f"{name:<{width}} {line}" if width else line, flush=True)


def restart(
    service: Annotated[str, typer.Argument(metavar="SERVICE", help="; ".join(PROCESSES))],
    data: Data = None,
    port: Port = None,
) -> None:
    """Stop one process and wait until the supervisor has it ready again. Engines too."""
    instance = choose(data, port)
    state = must_run(instance)
    if service not in PROCESSES:
        raise LocalError(f"There is no process {service!r}.", f"One of: {', '.join(PROCESSES)}.")
    process = state["processes"].get(service)
    if process is None:
        raise LocalError(
            f"{service} does not run here now.", "An engine of your own is restarted by you; else wait a moment."
        )
    started = time.monotonic()
    with contextlib.suppress(ProcessLookupError):
        os.kill(process["pid"], signal.SIGINT if service == "postgres" else signal.SIGTERM)
    if not asyncio.run(_back(instance, service, process["pid"])):
        raise LocalError(f"{service} did not come back.", f"./onewindow logs {service} tells why.")
    err.print(f"[green]✓[/] {service} is back after {time.monotonic() - started:.1f} s")


async def _back(instance: Instance, service: str, old: int) -> bool:
    def replaced() -> bool:
        return instance.state().get("processes", {}).get(service, {}).get("pid", old) != old

    if not await wait_until(replaced, 60, pause=0.05):
        return False
    if service not in SERVICES:
        return True
    return await operators_port.until_ready(instance.ops_port(service), 30)
