"""`people` and `token`: who lives here, and how to be them."""

from typing import Annotated

import typer
from rich.cells import cell_len
from rich.markup import escape

from onewindow_local import organisations
from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import err, out, print_json
from onewindow_local.errors import LocalError
from onewindow_local.instance import choose, flags, must_run
from onewindow_local.people import find, read

PEOPLE_EXAMPLE = "Example: [bold]./onewindow people --json | jq -r .[0].ref[/]"
TOKEN_EXAMPLE = (
    'Example: [bold]curl -H "Authorization: Bearer $(./onewindow token --citizen REF)" '
    "http://127.0.0.1:8700/v1/me/view[/]"
)


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
        print_json([{"ref": each.ref, "sentence": each.sentence} for each in (*shown, *firms)])
        return
    width = max(cell_len(each.ref) for each in (*shown, *firms))
    for each in (*shown, *firms):
        out.print(f"[bold]{each.ref}[/]{' ' * (width - cell_len(each.ref))}  {escape(each.sentence)}")
    if len(shown) < len(found):
        err.print(f"[dim]and {len(found) - len(shown)} more who can log in: ./onewindow people --all[/]")


def token(
    citizen: Annotated[str | None, typer.Option("--citizen", metavar="REF", help="A sample person.")] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="NAME", help="An authority, e.g. social-aid.")
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="ORG", help="With --citizen: in the name of an organisation that they represent."
        ),
    ] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="ID", help="With --agency: what for.")] = None,
    operator: Annotated[bool, typer.Option("--operator", help="Who runs this instance.")] = False,
    as_json: Json = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """Print an access token, obtained from the issuer as any client gets it. It is the only thing on stdout."""
    if sum((citizen is not None, agency is not None, operator)) != 1:
        raise LocalError(
            "Say whose token: exactly one of --citizen REF, --agency NAME and --operator.",
            "For example ./onewindow token --citizen REF; ./onewindow people lists the names.",
        )
    if agency is not None and purpose is None:
        raise LocalError("An agency looks for a purpose only.", "Add --purpose ID; contracts/purposes/ has them.")
    if organisation is not None and citizen is None:
        raise LocalError("Somebody acts for an organisation.", "Add --citizen REF: who represents it.")
    instance = choose(data, port)
    state = must_run(instance)
    from onewindow_local.tokens import Issuer

    issuer = Issuer(instance)
    if citizen is not None:
        answer = issuer.citizen(find(instance, citizen).ref)
        if organisation is not None:
            known = organisations.find(instance, organisation)
            answer = issuer.representative(answer["access_token"], known.code if known else organisation)
    elif agency is not None:
        name = agency if "." in agency else f"{state['instance']}.{agency}"
        _check_purpose(name, purpose or "")
        answer = issuer.client_credentials(name, purpose=purpose or "")
    else:
        answer = issuer.client_credentials("operator")
    if as_json:
        print_json(answer)
    else:
        print(answer["access_token"])
        err.print(f"[dim]valid for {answer.get('expires_in', '?')} s[/]")


def _check_purpose(agency: str, purpose: str) -> None:
    """The gateway decides; a mistyped purpose is better told here."""
    from onewindow_contracts.loader import load

    own = sorted(known.id for known in load().purposes.values() if known.holder == agency.rpartition(".")[2])
    if purpose not in own:
        raise LocalError(
            f"{agency} holds no purpose {purpose!r}.",
            f"It holds {', '.join(own)}." if own else "It holds none; contracts/purposes/ has all.",
        )
