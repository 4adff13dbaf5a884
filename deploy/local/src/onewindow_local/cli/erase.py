"""`ops erase`: a decided erasure of one person, carried out everywhere."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.screen import err, out
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance, choose, must_run

EXAMPLE = "Example: [bold]./onewindow ops erase WHO --legal-basis PIPL-47 --reason 'decision 2026-17'[/]"


def erase(
    who: Annotated[str, typer.Argument(metavar="WHO", help="A sample person, or a gateway pseudonym.")],
    legal_basis: Annotated[str, typer.Option("--legal-basis", help="What the erasure rests on, e.g. PIPL-47.")],
    reason: Annotated[str, typer.Option("--reason", help="Which decision this carries out. No name, no number.")],
    confirm: Annotated[
        int | None, typer.Option("--confirm", metavar="N", help="How many records that is; asked for otherwise.")
    ] = None,
    data: Data = None,
    port: Port = None,
) -> None:
    """Erase a person: records, records shared with others, window, log-in, access entries, dead letters.

    Shows what it would do first, in numbers. Broken off it is run again and goes on.
    Departments' own registers stay: what must be kept there is their own law's matter.
    """
    from onewindow_local.erasing import Erasing, Plan

    if not legal_basis.strip() or not reason.strip():
        raise LocalError("An erasure has a legal basis and a reason.", EXAMPLE)
    instance = choose(data, port)
    must_run(instance)
    plan = Plan.of(instance, who)
    if plan.done:
        _forget_sample(instance, who)
        err.print("This person was erased before; nothing is left to do.")
        return
    erasing = Erasing(instance, plan)
    found = erasing.find()
    total = _show(found)
    going_on = plan.file.exists()  # it was confirmed when it began
    if not going_on:
        if confirm is None:
            confirm = typer.prompt(
                f"{total} records. This cannot be undone. Type their number to go on", type=int, err=True
            )
        if confirm != total:
            raise LocalError(f"{total} records would be erased or changed, not {confirm}.", "Nothing was done.")
    counts: dict[str, int] = {}
    for what, number in erasing.carry_out(legal_basis):
        counts[what] = counts.get(what, 0) + number
        err.print(f"{what:<60} {number:>6,}")
    _forget_sample(instance, who)
    told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "legal_basis": legal_basis, "reason": reason}
    with instance.log("erasures").open("a") as log:
        log.write(json.dumps(told | {"event": "person erased", "counts": counts}, ensure_ascii=False) + "\n")
    err.print(
        f"[green]Erased.[/] Kafka's earlier bytes go at compaction, within a day. Kept: {instance.log('erasures')}"
    )


def _show(found: dict[str, dict[str, dict[str, int]]]) -> int:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("record type", "to be erased", "kept for others, without this person"):
        table.add_column(column)
    total = 0
    for told in found.values():
        for kind in sorted({*told["alone"], *told["shared"]}):
            alone, shared = told["alone"].get(kind, 0), told["shared"].get(kind, 0)
            table.add_row(kind, str(alone), str(shared))
            total += alone + shared
    out.print(table)
    return total


def _forget_sample(instance: Instance, who: str) -> None:
    """The list of the login page names the person too."""
    file = instance.people_file
    if not file.exists():
        return
    content = json.loads(file.read_text())
    people = content["people"] if isinstance(content, dict) else content
    left = [entry for entry in people if entry["ref"] != who]
    if len(left) < len(people):
        fresh = file.with_suffix(".new")
        fresh.write_text(
            json.dumps(content | {"people": left} if isinstance(content, dict) else left, ensure_ascii=False)
        )
        fresh.replace(file)
