"""`token` and `proof`: how to be somebody who lives or works here, as any client is."""

from typing import Annotated

import typer

from onewindow_local import organisations
from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import err, print_json
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance, choose, must_run
from onewindow_local.people import find

TOKEN_EXAMPLE = (
    'Example: [bold]curl -H "Authorization: Bearer $(./onewindow token --citizen REF)" '
    "http://127.0.0.1:8700/v1/me/view[/]"
)
PROOF_EXAMPLE = (
    'Example: [bold]curl -H "Authorization: DPoP $CLERK" -H "DPoP: $(./onewindow proof POST $URL --token $CLERK)" …[/] '
    "with [bold]CLERK=$(./onewindow token --agency social-aid --purpose social-aid.means-test)[/]"
)


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
    case: Annotated[
        str | None, typer.Option("--case", metavar="NUMBER", help="With --agency: the file number; else an example.")
    ] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", metavar="ID", help="With --agency: who acts; else an example.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="ID", help="With --officer: the unit that they act in.")
    ] = None,
    operator: Annotated[bool, typer.Option("--operator", help="Who runs this instance.")] = False,
    as_json: Json = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """Print an access token, obtained from the issuer as any client gets it. It is the only thing on stdout.

    An agency's is bound to the command line's own key: each request needs a proof too (`./onewindow proof`).
    """
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
    if agency is not None:
        name = agency if "." in agency else f"{state['instance']}.{agency}"
        _check_purpose(name, purpose or "")
        bound = issuer.office(
            name, purpose=purpose or "", case=case, officer=officer, unit=unit, prover=_prover(instance)
        )
        answer = bound.answer
    elif citizen is not None:
        answer = issuer.citizen(find(instance, citizen).ref)
        if organisation is not None:
            known = organisations.find(instance, organisation)
            answer = issuer.representative(answer["access_token"], known.code if known else organisation)
    else:
        answer = issuer.client_credentials("operator")
    if as_json:
        print_json(answer)
    else:
        print(answer["access_token"])
        err.print(f"[dim]valid for {answer.get('expires_in', '?')} s[/]")


def proof(
    method: Annotated[str, typer.Argument(metavar="METHOD", help="GET, POST, …")],
    url: Annotated[str, typer.Argument(metavar="URL", help="Exactly the address of the request.")],
    token: Annotated[str, typer.Option("--token", metavar="TOKEN", help="The token that is sent beside it.")],
    data: Data = None,
    port: Port = None,
) -> None:
    """Print a proof (RFC 9449) for one request with an agency's token of `./onewindow token`; good once, for a minute."""
    print(_prover(choose(data, port)).proof(method, url, token))


def _prover(instance: Instance):  # type: ignore[no-untyped-def]  # imported late, as everything that costs time
    from onewindow_local.tokens import kept_prover

    return kept_prover(instance)


def _check_purpose(agency: str, purpose: str) -> None:
    """The issuer decides; a mistyped purpose is better told here."""
    from onewindow_local import purposes

    own = sorted(known.id for known in purposes.known().values() if known.holder == agency.rpartition(".")[2])
    if purpose not in own:
        raise LocalError(
            f"{agency} holds no purpose {purpose!r}.",
            f"It holds {', '.join(own)}." if own else "It holds none; contracts/purposes/ has all.",
        )
