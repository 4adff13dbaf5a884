"""`view`: a citizen's window in the terminal."""

from typing import Annotated

import typer
from rich.markup import escape

from onewindow_local import organisations
from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import out, print_json
from onewindow_local.instance import choose, must_run
from onewindow_local.people import find

EXAMPLE = "Example: [bold]./onewindow view REF[/] with a name from [bold]./onewindow people[/]"


def view(
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="A sample person or organisation, as ./onewindow people names them.")
    ],
    as_json: Json = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """Look through a sample person's window, as that person: logged in, by the public API.

    An organisation's window is looked through by who represents it.
    """
    instance = choose(data, port)
    must_run(instance)
    firm = organisations.find(instance, ref)
    person = find(instance, firm.representative if firm is not None else ref)
    # Imported late: the other commands need neither an HTTP client nor the contracts.
    from onewindow_local import window
    from onewindow_local.tokens import Issuer

    issuer = Issuer(instance)
    token = issuer.citizen(person.ref)["access_token"]
    if firm is not None:
        token = issuer.representative(token, firm.code)["access_token"]
    answer = window.fetch(instance, token)
    if as_json:
        print_json(answer)
        return
    shown = firm or person
    out.print(f"[bold]{escape(shown.ref)}[/]  {escape(shown.sentence)}")
    for section in answer["sections"]:
        window.show(section)
