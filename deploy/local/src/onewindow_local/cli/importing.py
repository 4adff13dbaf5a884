"""`import`: a department's own file, into that department."""

import subprocess
from pathlib import Path
from typing import Annotated

import typer

from onewindow_local import environment
from onewindow_local.cli.options import Data, Port
from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS, choose, must_run

EXAMPLE = "Example: [bold]./onewindow import housing titles.csv[/]"


def import_file(
    department: Annotated[str, typer.Argument(metavar="DEPARTMENT", help="; ".join(DEPARTMENTS))],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV (UTF-8 or GB18030) or JSON Lines.")],
    record_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="What the rows are, where the headers leave it open.")
    ] = None,
    data: Data = None,
    port: Port = None,
) -> None:
    """Load a file: good rows are stored, refused ones go to a rejects file that can be mended and loaded again.

    The same file twice changes nothing twice; an interrupted load goes on where it stopped. Headers are Chinese, English or
    field names. The reference at /docs/DEPARTMENT.v1 describes each column: ImportRow and OrganisationRow (identity),
    ImportedTitle and ImportedContribution (housing; --type contribution), DrivingLicenceRow, VehicleRow and ViolationRow
    (transport).
    """
    instance = choose(data, port)
    must_run(instance)
    if department not in DEPARTMENTS:
        raise LocalError(f"There is no department {department!r}.", f"One of: {', '.join(DEPARTMENTS)}.")
    if not file.is_file():
        raise LocalError(f"There is no file {file}.", "Give the path of a CSV or JSON Lines file.")
    # `python -m housing` is told what the running service is told, but for ports of its own.
    told = environment.service_environment(instance, environment.addresses(instance), department)
    command = environment.module_command(department, "import", str(file.resolve()))
    if record_type is not None:
        command += ["--type", record_type]
    raise typer.Exit(subprocess.run(command, env=told).returncode)
