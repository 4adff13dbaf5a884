"""`up`: start an instance, or show the one that runs already."""

import asyncio
import json
import subprocess
import sys
from typing import Annotated

import typer

from onewindow_local import engine_choice
from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.progress import Progress
from onewindow_local.cli.screen import err
from onewindow_local.cli.welcome import welcome
from onewindow_local.engine_choice import EngineChoice
from onewindow_local.engines.children import wait_until
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance, choose, must_be_ours
from onewindow_local.supervisor import Supervisor

EXAMPLE = "Example: [bold]./onewindow up --detach[/] and then [bold]./onewindow people[/]"


def up(
    detach: Annotated[bool, typer.Option("--detach", help="Give the terminal back once everything is ready.")] = False,
    data: Data = None,
    port: Port = None,
    people: Annotated[
        int, typer.Option("--people", metavar="N", min=0, help="Sample people in a new instance; 0 for none.")
    ] = 500,
    kafka: Annotated[
        str | None, typer.Option("--kafka", metavar="HOST:PORT", help="A Kafka of your own; `embedded` to go back.")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="A PostgreSQL of your own (a superuser's address)."),
    ] = None,
) -> None:
    """Start engines, departments and the gateway, and fill a new instance with sample people.

    Running it again is harmless: it shows what runs, or resumes what was interrupted. Ctrl-C stops everything.
    """
    instance = choose(data, port)
    if instance.running():
        _already(instance)
        return
    must_be_ours(instance)
    choice = engine_choice.decide(instance, kafka, database)
    if detach:
        _detached(instance, choice, people)
    else:
        _in_foreground(instance, choice, people)


def _already(instance: Instance) -> None:
    """It may still be starting (another terminal): wait for that, then show it."""
    if instance.state().get("phase") == "starting":
        err.print("It is starting already; waiting for it.")
        asyncio.run(
            wait_until(lambda: instance.state().get("phase") != "starting" or not instance.running(), 120, pause=0.2)
        )
    if instance.state().get("phase") != "ready" or not instance.running():
        raise LocalError(
            f"The instance in {instance.folder} is {instance.state().get('phase', 'gone')}.",
            "Wait a moment and run ./onewindow up again; ./onewindow logs supervisor tells what happened.",
        )
    err.print(f"It runs already, in {instance.folder}.")
    welcome(Instance(instance.folder, instance.state()["port"]))


def _in_foreground(instance: Instance, choice: EngineChoice, people: int) -> None:
    with Progress() as progress:

        def report(event: dict) -> None:
            if "ready" in event:
                progress.__exit__()
                welcome(instance)
                err.print("[dim]Ctrl-C stops everything.[/]")
            else:
                progress(event)

        asyncio.run(Supervisor(instance, choice, people, report).run())
    err.print("Stopped.")


def _detached(instance: Instance, choice: EngineChoice, people: int) -> None:
    log = instance.log("supervisor")
    instance.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    log.parent.mkdir(exist_ok=True, mode=0o700)
    options = {
        "folder": str(instance.folder),
        "port": instance.port,
        "people": people,
        "kafka": choice.kafka,
        "database": choice.database,
    }
    with log.open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "onewindow_local.supervise"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            start_new_session=True,
            cwd=instance.folder,
        )
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(json.dumps(options).encode())
    child.stdin.close()
    try:
        with Progress() as progress:
            for line in child.stdout:
                event = json.loads(line)
                if "failure" in event:
                    raise LocalError(event["failure"], event["remedy"])
                if "ready" in event:
                    break
                progress(event)
            else:
                raise LocalError("The supervisor ended before it was ready.", f"Its log is {log}.")
    except KeyboardInterrupt:
        child.terminate()
        err.print("Interrupted; stopping what was started.")
        child.wait()
        raise
    welcome(instance)
