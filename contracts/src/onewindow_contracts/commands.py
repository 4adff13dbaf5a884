"""`onewindow contracts generate | lint | check`: models from contracts, faults in contracts, drift between the two."""

from __future__ import annotations

from typing import Annotated

import typer

from onewindow_contracts import asyncapi
from onewindow_contracts import generate as generation
from onewindow_contracts.compatibility import losses, told
from onewindow_contracts.compatibility.earlier import earlier
from onewindow_contracts.documents import Documents
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint import concerns, lint_code
from onewindow_contracts.lint import lint as run_lint
from onewindow_contracts.loader import HOME, folders_from_environment, load

CHECKOUT = HOME.parent
app = typer.Typer(no_args_is_help=True, help="Contracts: generate models, lint, check for drift.")
Department = Annotated[str | None, typer.Option("--department", "-d", help="Only this department (or gateway).")]


def _stop_on(errors: list[ContractError]) -> None:
    for error in errors:
        typer.secho(str(error), err=True, fg="red")
    if errors:
        raise typer.Exit(1)


def _events(failed: list[ContractError]) -> str:
    """asyncapi.yaml as it should be; what cannot be rendered is added to ``failed``."""
    try:
        return asyncapi.render(load([HOME]))
    except ContractError as error:
        failed.append(error)
        return _committed_events()


def _committed_events() -> str:
    return asyncapi.FILE.read_text(encoding="utf-8") if asyncapi.FILE.exists() else ""


@app.command()
def generate(department: Department = None) -> None:
    """Write the models that the contracts ask for.

    Example: onewindow contracts generate --department housing
    """
    made, failed = generation.generate(department)
    for path in generation.write(made, department):
        typer.echo(f"wrote models/{path}")
    _stop_on(failed)
    if (events := _events(failed)) != _committed_events():
        asyncapi.FILE.write_text(events, encoding="utf-8")
        typer.echo(f"wrote {asyncapi.FILE.name}")
    _stop_on(failed)
    typer.echo("models are up to date")


@app.command()
def lint(department: Department = None) -> None:
    """Say what is wrong with the contracts, and with rules in code: file, place, what is missing, why, how to mend it.

    Example: onewindow contracts lint --department housing
    """
    folders = folders_from_environment()
    shown = Documents(folders).show
    found = run_lint(folders)
    if HOME in [folder.resolve() for folder in folders]:
        found += lint_code(CHECKOUT, folders)
    findings = [f for f in found if department is None or concerns(f.file, department)]
    for finding in findings:
        if finding.file.suffix == ".py":
            where = f"{finding.file.relative_to(CHECKOUT)}{finding.place}"
        else:
            where = f"{shown(finding.file)} {finding.place}"
        typer.secho(where, fg="yellow", err=True)
        typer.echo(f"  {finding.rule}: {finding.missing}", err=True)
        typer.echo(f"    why:  {finding.why}\n    mend: {finding.mend}", err=True)
    if findings:
        typer.secho(f"{len(findings)} to mend", fg="red", err=True)
        raise typer.Exit(1)
    typer.echo("the contracts are sound")


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="A folder of contracts, or a revision of this repository (a tag).")],
) -> None:
    """Say what users of earlier contracts would lose: old records and requests refused, answers changed, history rewritten.

    Example: onewindow contracts compare v1.0
    """
    try:
        with earlier(before) as old:
            lost = losses(old, load())
    except ContractError as error:
        _stop_on([error])
        return
    for line in told(lost):
        typer.echo(line, err=True)
    if lost:
        typer.secho(
            f"{len(lost)} promises broken: keep them, or give the contract another major version", err=True, fg="red"
        )
        raise typer.Exit(1)
    typer.echo("whoever used the earlier contracts can go on")


@app.command()
def check(department: Department = None) -> None:
    """Fail (exit code 1) when committed models differ from the contracts.

    Example: onewindow contracts check
    """
    made, failed = generation.generate(department)
    stale = [f"models/{path}" for path in generation.drift(made, department)]
    if _events(failed) != _committed_events():
        stale.append(asyncapi.FILE.name)
    _stop_on(failed)
    for path in stale:
        typer.secho(f"{path} is not what the contracts say: run 'onewindow contracts generate'", err=True, fg="red")
    if stale:
        raise typer.Exit(1)
    typer.echo("models agree with the contracts")
