"""`status`: one look at everything an operator wants to know; the exit status says whether to worry."""

import asyncio
from datetime import UTC, datetime

import typer
from rich.table import Table

from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import out, print_json
from onewindow_local.health import Health, examine
from onewindow_local.instance import choose

EXAMPLE = "Example: [bold]./onewindow status --json | jq .problems[/]; status 1 when anything is unhealthy"


def status(as_json: Json = False, data: Data = None, port: Port = None) -> None:
    """Is every stream moving, how fresh is each department, what is stuck. No personal data are read."""
    instance = choose(data, port)
    health = asyncio.run(examine(instance))
    if as_json:
        print_json({"folder": str(instance.folder), "port": instance.port, **health.as_json()})
    else:
        _show(health)
    raise typer.Exit(0 if health.healthy else 1)


def _show(health: Health) -> None:
    if health.phase != "stopped":
        out.print(_processes(health))
        out.print(_departments(health))
        if health.streams:
            out.print(_streams(health))
    if health.disk_free:
        memory = sum(process.memory or 0 for process in health.processes)
        out.print(f"memory {_size(memory)}, disk {_size(health.disk_used)} used, {_size(health.disk_free)} free")
    for file in health.rejects:
        out.print(f"refused rows to mend: {file}")
    for note in health.notes:
        out.print(f"[yellow]![/] {note}")
    for problem in health.problems:
        out.print(f"[red]✗[/] {problem}")
    if health.healthy:
        out.print("[green]✓[/] healthy")


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _processes(health: Health) -> Table:
    table = _table("process", "ready", "pid", "restarts", "memory")
    for p in health.processes:
        ready = "[green]yes[/]" if p.ready else "[red]no[/]"
        table.add_row(p.name, ready, str(p.pid or "-"), str(p.restarts), _size(p.memory) if p.memory else "-")
    return table


def _departments(health: Health) -> Table:
    table = _table("department", "outbox", "oldest", "dead letters", "as of", "behind")
    for d in health.departments:
        as_of = datetime.fromtimestamp(d.as_of, UTC).strftime("%H:%M:%SZ") if d.as_of else "-"
        table.add_row(
            d.name,
            _text(d.outbox_depth),
            _seconds(d.outbox_age_seconds),
            _text(d.dead_letters),
            as_of,
            _seconds(d.as_of_age_seconds),
        )
    return table


def _streams(health: Health) -> Table:
    table = _table("stream", "read by", "lag, records", "lag, seconds")
    for s in health.streams:
        table.add_row(s.topic, s.reader, str(s.lag_records), f"{s.lag_seconds:.1f}")
    return table


def _text(value: int | None) -> str:
    return "-" if value is None else str(value)


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GB" if count >= 2**30 else f"{count / 2**20:.0f} MB"
