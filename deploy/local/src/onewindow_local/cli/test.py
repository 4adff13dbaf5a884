"""`test`: everything that must hold, in one run."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from onewindow_local.cli.screen import err
from onewindow_local.instance import CHECKOUT

EXAMPLE = (
    "Example: [bold]./onewindow test[/] for all, [bold]./onewindow test services/housing -k freeze[/] for a part, "
    "[bold]./onewindow test --long services/housing[/] to look for rare faults in a part"
)
# The pytest session shows these above its last line, which stays pytest's own.
FAILED_CHECKS = "ONEWINDOW_FAILED_CHECKS"
LONG = "ONEWINDOW_LONG"  # read by onewindow_kit.testing.sequences
LONG_RUN = ("-p", "onewindow_local.cli.long_run", "--timeout=0", "--durations=20")
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "--quiet", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    # Not its script: a script names the interpreter by its absolute path and breaks in a checkout that was moved.
    "import rules": ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    "contracts lint": ("-m", "onewindow_contracts", "lint"),
    "contracts drift": ("-m", "onewindow_contracts", "check"),
}


def test(
    context: typer.Context,
    long: Annotated[
        bool,
        typer.Option(
            "--long",
            help="Hours: fifty times as many random command sequences (about 100,000), new ones in every run, with no "
            "limit of time for a test. A line each 20 s says where it stands; what fails prints how to repeat it.",
        ),
    ] = False,
) -> None:
    """Style, import rules, contracts, and every test on real engines. The status says whether all held.

    Arguments are pytest's own. When they name files or folders, only those tests run, without the other checks.
    """
    selected = any(Path(argument.partition("::")[0]).exists() for argument in context.args)
    failed = [] if selected else [name for name, command in CHECKS.items() if not _holds(name, command)]
    environment = dict(os.environ) | {FAILED_CHECKS: ", ".join(failed)}
    folder = Path.cwd() if selected else CHECKOUT
    configuration = ["-c", str(CHECKOUT / "pyproject.toml"), "--rootdir", str(CHECKOUT)]
    if long:
        environment[LONG] = "1"
        configuration += LONG_RUN
    run = subprocess.run([sys.executable, "-m", "pytest", *configuration, *context.args], cwd=folder, env=environment)
    raise typer.Exit(run.returncode or (1 if failed else 0))


def _holds(name: str, command: tuple[str, ...]) -> bool:
    started = time.monotonic()
    run = subprocess.run([sys.executable, *command], cwd=CHECKOUT, capture_output=True, text=True)
    if run.returncode == 0:
        err.print(f"[green]✓[/] {name} [dim]{time.monotonic() - started:.1f} s[/]")
        return True
    err.print(f"[red]✗[/] {name}")
    err.print(run.stdout + run.stderr, markup=False)
    return False
