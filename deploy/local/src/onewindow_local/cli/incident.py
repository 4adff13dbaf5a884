"""`incident`: whom a leaked credential reached, as a signed report; and telling them."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import err, out, print_json
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance, choose, must_run

EXAMPLE = (
    "Example: [bold]./onewindow incident --credential demo.social-aid/clerk-7 --since 2026-11-24[/], "
    "then [bold]./onewindow incident --notify FILE[/]; [bold]--check FILE[/] says whether a report is genuine"
)
Moment = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])]


def incident(
    credential: Annotated[
        str | None,
        typer.Option(
            "--credential",
            metavar="X",
            help="Client id, officer (or CLIENT/OFFICER), token id (jti) or key thumbprint (jkt).",
        ),
    ] = None,
    since: Moment = None,
    until: Moment = None,
    folder: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where reports go; incidents/.")] = None,
    notify: Annotated[
        Path | None, typer.Option("--notify", metavar="REPORT", help="Tell everybody in this report.")
    ] = None,
    confirm: Annotated[
        int | None, typer.Option("--confirm", metavar="N", help="How many people that is; asked for otherwise.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="REPORT", help="Whether a report is genuine, nothing else.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="The operator's public key; keys/reports.pub.")
    ] = None,
    as_json: Json = False,
    data: Data = None,
    port: Port = None,
) -> None:
    """Whom a leaked credential reached: every citizen and field, from the access record.

    Times are the offices' own (ONEWINDOW_TIME_ZONE). Revoke the credential first,
    or the report is old when you read it. It names people by pseudonyms only, and
    is still for few eyes: keep it where it is.
    """
    from onewindow_local.incident import reporting, signing

    instance = choose(data, port)
    public = key or instance.keys / signing.PUBLIC
    if check is not None:
        _show(reporting.genuine(check, public).content, as_json)
        err.print("[green]Genuine.[/]")
        return
    must_run(instance)
    if notify is not None:
        _notify(instance, reporting.genuine(notify, public), confirm)
        return
    if credential is None or since is None:
        raise LocalError(
            "Say which credential, and since when.", "./onewindow incident --credential X --since 2026-11-24"
        )
    began = time.monotonic()
    last = _moment(until) if until is not None else datetime.now(UTC)
    report = reporting.make(instance, credential, _moment(since), last, folder or instance.folder / "incidents")
    _show(report.content, as_json)
    err.print(f"Report     {report.file}", f"Signature  {report.signature}", f"Statement  {report.statement}", sep="\n")
    err.print(f"Check it   ./onewindow incident --check {report.file}", markup=False)
    err.print(f"Tell them  ./onewindow incident --notify {report.file}", markup=False)
    err.print(f"{time.monotonic() - began:.1f} s", style="dim")


def _moment(at: datetime) -> datetime:
    return at.replace(tzinfo=ZoneInfo(os.environ.get("ONEWINDOW_TIME_ZONE", "Asia/Shanghai")))


def _show(content: dict[str, Any], as_json: bool) -> None:
    """The counts; who they are stands in the file."""
    counts, record = content["counts"], content["record"]
    if as_json:
        print_json({name: content[name] for name in ("id", "credential", "since", "until", "matched", "counts")})
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("citizens whose data may have been seen", f"{counts['citizens']:,}")
    if counts["erased"]:
        table.add_row("people erased since", f"{counts['erased']:,}")
    table.add_row("citizens asked for in vain only", f"{counts['citizens_refused_only']:,}")
    for outcome, number in counts["outcomes"].items():
        table.add_row(f"entries: {outcome}", f"{number:,}")
    if counts["not_disclosed_yet"]:
        table.add_row("entries not disclosed to their citizens yet", f"{counts['not_disclosed_yet']:,}")
    for kind, number in sorted(_by_type(content).items()):
        table.add_row(f"citizens by record: {kind}", f"{number:,}")
    table.add_row("found as", ", ".join(content["matched"]["as"]))
    table.add_row("the record went to", f"{record['reaches']}, {record['entries']:,} entries")
    out.print(table)


def _by_type(content: dict[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for citizen in content["citizens"]:
        for kind in content["fields"][citizen["fields"]]:
            found[kind] = found.get(kind, 0) + 1
    return found


def _notify(instance: Instance, report: Any, confirm: int | None) -> None:
    from onewindow_local.incident.notifying import notify

    _show(report.content, as_json=False)
    people = sum(citizen["disclosed"] is not None for citizen in report.content["citizens"])
    if confirm is None:
        confirm = typer.prompt(f"{people} people will be told. Type their number to go on", type=int, err=True)
    if confirm != people:
        raise LocalError(f"{people} people would be told, not {confirm}.", "Nobody was told. Read the counts again.")
    told = unknown = 0
    for sent, lost in notify(instance, report):
        told, unknown = told + sent, unknown + lost
        err.print(f"{told:,} of {people:,}")
    err.print(f"Told {told:,} people now; {unknown:,} are known to identity no more.")
