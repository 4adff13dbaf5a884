"""Options that several commands share, so that they read the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", envvar="ONEWINDOW_DATA", help="Folder of the instance; .onewindow in the checkout."
    ),
]
Port = Annotated[
    int | None,
    typer.Option("--port", metavar="N", help="First port of the instance (the gateway's); 8700. It takes N to N+30."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text for people.")]
