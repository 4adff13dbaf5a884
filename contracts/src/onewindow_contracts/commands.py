"""`onewindow contracts generate | lint | check`: models from contracts, faults in contracts, drift between the two."""

from __future__ import annotations

from typing import Annotated

import typer

from onewindow_contracts import generate as generation
from onewindow_contracts.errors import ContractError

app = typer.Typer(no_args_is_help=True, help="Contracts: generate models, lint, check for drift.")
Department = Annotated[str | None, typer.Option("--department", "-d", help="Only this department (or gateway).")]


def _stop_on(errors: list[ContractError]) -> None:
    for error in errors:
        typer.secho(str(error), err=True, fg="red")
    if errors:
        raise typer.Exit(1)


@app.command()
def generate(department: Department = None) -> None:
    """Write the models that the contracts ask for.

    Example: onewindow contracts generate --department housing
    """
    made, failed = generation.generate(department)
    for path in generation.write(made, department):
        typer.echo(f"wrote models/{path}")
    _stop_on(failed)
    typer.echo("models are up to date")


@app.command()
def check(department: Department = None) -> None:
    """Fail (exit code 1) when committed models differ from the contracts.

    Example: onewindow contracts check
    """
    made, failed = generation.generate(department)
    stale = generation.drift(made, department)
    _stop_on(failed)
    for path in stale:
        typer.secho(
            f"models/{path} is not what its contract says: run 'onewindow contracts generate'", err=True, fg="red"
        )
    if stale:
        raise typer.Exit(1)
    typer.echo("models agree with the contracts")
