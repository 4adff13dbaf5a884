"""Commands that hand over to another package's own command line: `contracts`, `bench`, `demo`."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.errors import LocalError
from onewindow_local.instance import CHECKOUT, choose

CONTRACTS_EXAMPLE = (
    "Example: [bold]./onewindow contracts lint[/] says file, path, what is missing, why, and how to mend it; "
    "[bold]./onewindow contracts compare v1.0[/] what users of earlier contracts would lose"
)
BENCH_EXAMPLE = "Example: [bold]./onewindow bench read --json[/]"
DEMO_EXAMPLE = "Example: [bold]./onewindow demo outage[/]"
DEMOS = ("outage", "life", "lottery", "look")
CONTRACT_ACTIONS = ("lint", "generate", "check", "compare")
BENCHES = ("read", "freshness", "project", "import", "write", "incident")


def contracts(
    action: Annotated[
        str,
        typer.Argument(metavar="ACTION", help="lint, generate (models), check (drift), or compare (with earlier ones)"),
    ],
    folders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FOLDER]...", help="More contract folders; for compare the earlier ones, or a revision."
        ),
    ] = None,
) -> None:
    """Check the contracts, generate the models from them, or check that the committed models are theirs."""
    if action not in CONTRACT_ACTIONS:
        raise LocalError(f"There is no action {action!r}.", f"One of: {', '.join(CONTRACT_ACTIONS)}.")
    more = {}
    if action == "compare":
        raise typer.Exit(_run("onewindow_contracts", action, *(folders or ())))
    if folders:
        known = os.environ.get("ONEWINDOW_CONTRACTS") or str(CHECKOUT / "contracts")
        more["ONEWINDOW_CONTRACTS"] = os.pathsep.join([known, *(str(Path(folder).absolute()) for folder in folders)])
    raise typer.Exit(_run("onewindow_contracts", action, **more))


def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="; ".join(BENCHES))],
    as_json: Json = False,
) -> None:
    """Measure one thing beside its baseline: name, value, unit, baseline, ratio. Quote ratios, not times.

    It starts an instance of its own in a temporary folder. What follows NAME is passed on.
    """
    if name not in BENCHES:
        raise LocalError(f"There is no bench {name!r}.", f"One of: {', '.join(BENCHES)}.")
    options = ["--json"] if as_json else []
    raise typer.Exit(_run("tests.bench", name, *options, *context.args))


def demo(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="outage: kill broker, relay and projector under load. life: one family over ten years, in a city of its "
            "own. lottery: freeze, publish, draw, and recompute. look: a clerk looks, the citizen reads it, and root cannot "
            "unmake it.",
        ),
    ],
    data: Data = None,
    port: Port = None,
) -> None:
    """Show a promise being kept, on the running instance or in one that is thrown away."""
    module = f"onewindow_local.demo.{name}"
    if name not in DEMOS:
        raise LocalError(f"There is no demo {name!r}.", f"One of: {', '.join(DEMOS)}.")
    instance = choose(data, port)
    import httpx

    try:
        status = importlib.import_module(module).run(instance)
    except (AssertionError, httpx.HTTPError) as failed:
        # A refusal where the story knows none, or a part that does not answer: no stack trace helps who watches.
        said = " ".join(str(failed).split())[:1500] or type(failed).__name__
        raise LocalError(
            f"The demo stopped: {said}",
            "Run it again on a quieter machine, if this one was busy. Of a running instance ./onewindow status tells more.",
        ) from failed
    raise typer.Exit(status)


def _run(module: str, *arguments: str, **more: str) -> int:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=dict(os.environ) | more).returncode
