"""`ops dlq`: what was refused, and why."""

import asyncio
import os
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from onewindow_local import brokers
from onewindow_local.cli import erase as erasing
from onewindow_local.cli import rotate as rotating
from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import err, out, print_json
from onewindow_local.environment import addresses
from onewindow_local.errors import LocalError
from onewindow_local.instance import choose, must_run

LIST_EXAMPLE = "Example: [bold]./onewindow ops dlq list[/]"
SHOW_EXAMPLE = "Example: [bold]./onewindow ops dlq show housing.title.v1-2-17[/]"

app = typer.Typer(help="For operators: what is stuck, without reading anybody's data.", no_args_is_help=True)
dlq = typer.Typer(help="Dead letters: events that were refused and kept aside.", no_args_is_help=True)
app.add_typer(dlq, name="dlq", epilog=LIST_EXAMPLE)
app.command("rotate", epilog=rotating.EXAMPLE)(rotating.rotate)
app.command("erase", epilog=erasing.EXAMPLE)(erasing.erase)


def _letters(data: Data, port: Port) -> list:
    from onewindow_local import dead_letters

    instance = choose(data, port)
    must_run(instance)
    kafka = addresses(instance).kafka_for(instance, brokers.OPERATOR)
    return asyncio.run(dead_letters.read(kafka, os.environ.get("ONEWINDOW_TOPIC_PREFIX", "")))


@dlq.command("list", epilog=LIST_EXAMPLE)
def list_letters(as_json: Json = False, data: Data = None, port: Port = None) -> None:
    """List the dead letters of all departments: place, reason and time. No content."""
    letters = _letters(data, port)
    if as_json:
        print_json([asdict(letter) for letter in letters])
        return
    if not letters:
        err.print("There are no dead letters.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("letter", "refused by", "reason", "first seen"):
        table.add_column(column, no_wrap=True)
    for letter in letters:
        about = letter.about
        table.add_row(letter.key, letter.consumer, about.get("reason", ""), about.get("first-seen", ""))
    out.print(table)


@dlq.command("show", epilog=SHOW_EXAMPLE)
def show_letter(
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="As `list` names it: topic-partition-offset.")],
    as_json: Json = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """Show what is known about one dead letter, metadata only, and what mends it."""
    for found in _letters(data, port):
        if found.key == letter:
            break
    else:
        raise LocalError(f"There is no dead letter {letter!r}.", "./onewindow ops dlq list shows them.")
    if as_json:
        print_json(asdict(found))
        return
    for name, value in {"letter": found.key, "department": found.department, **found.about}.items():
        out.print(f"[dim]{name:<24}[/] {value}")
    out.print(f"[dim]{'sealed bytes':<24}[/] {found.size}")
    out.print()
    out.print("The department mends its record or its contract and publishes a newer version of it;")
    out.print("the section is no longer held once that version applies.")
