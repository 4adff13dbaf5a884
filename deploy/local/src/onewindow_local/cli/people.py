"""`people`: who lives here."""

from typing import Annotated

import typer
from rich.cells import cell_len
from rich.markup import escape

from onewindow_local import organisations
from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import err, out, print_json
from onewindow_local.errors import LocalError
from onewindow_local.instance import choose, flags
from onewindow_local.people import Sample, read

PEOPLE_EXAMPLE = "Example: [bold]./onewindow people --json | jq -r .[0].ref[/]"


def people(
    everyone: Annotated[
        bool, typer.Option("--all", help="Everybody whom the login page offers, not only those with something special.")
    ] = False,
    as_json: Json = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """The sample people and organisations: a short name for the other commands, and what is special about each."""
    instance = choose(data, port)
    found = read(instance)
    if not found:
        raise LocalError(
            f"No sample people live in {instance.folder}.",
            f"A new instance has 500: ./onewindow down --purge{flags(instance)}, then ./onewindow up --detach{flags(instance)}.",
        )
    shown = found if everyone or as_json else [person for person in found if person.sentence]
    firms = organisations.read(instance)
    if as_json:
        print_json([_named(each) for each in (*shown, *firms)])
        return
    width = max(cell_len(each.ref) for each in (*shown, *firms))
    for each in (*shown, *firms):
        out.print(f"[bold]{each.ref}[/]{' ' * (width - cell_len(each.ref))}  {escape(each.sentence)}")
    if len(shown) < len(found):
        err.print(f"[dim]and {len(found) - len(shown)} more who can log in: ./onewindow people --all[/]")


def _named(each: Sample | organisations.Organisation) -> dict[str, str]:
    """For programs: a person also by what an office asks about, scheme, number and name."""
    told = {"ref": each.ref, "sentence": each.sentence}
    if isinstance(each, Sample):
        told |= {"scheme": "cn-id", "number": each.entry["number"], "name": each.entry["name"]}
    return told
