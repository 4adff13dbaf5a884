"""Fetches a citizen's window through the public API and prints it for a person to read."""

from typing import Any

import httpx
from rich.markup import escape

from onewindow_local import wording
from onewindow_local.cli.screen import out
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance


def fetch(instance: Instance, token: str) -> dict[str, Any]:
    try:
        answer = httpx.get(
            f"{instance.url('gateway')}/v1/me/view", headers={"Authorization": f"Bearer {token}"}, timeout=15
        )
    except httpx.HTTPError as error:
        raise LocalError(
            f"The gateway does not answer ({type(error).__name__}).", "./onewindow status shows what is wrong."
        ) from error
    if answer.status_code != 200:
        said = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        raise LocalError(
            f"The gateway answered {answer.status_code}: {said.get('title', '')} {said.get('detail', '')}".strip(),
            str(said.get("remedy") or "./onewindow logs gateway tells more."),
        )
    return answer.json()


def show(section: dict[str, Any]) -> None:
    fresh = section.get("freshness")
    age = "never heard of" if fresh is None else f"as of {fresh:.1f} s ago"
    stale = " [red]stale[/]" if section.get("stale") else ""
    offices = ", ".join(wording.authority(name) for name in section.get("authorities", []))
    out.print()
    out.print(f"[bold reverse] {escape(wording.both(section['title']))} [/] [dim]{escape(offices)} · {age}[/]{stale}")
    for held in section.get("held", []):
        out.print(f"  [yellow]! a newer version of {held} waits for the office to mend it[/]")
    empty = True
    for records in section["records"].values():
        for record in records:
            empty = False
            _show_record(record)
    for series in section.get("series", []):
        empty = False
        out.print(f"  {series['count']} × {escape(series['type'])} [dim]{escape(series['href'])}[/]")
    if empty:
        out.print("  [dim]nothing on file[/]")


def _show_record(record: dict[str, Any]) -> None:
    you = "; ".join(wording.standing(record["contract"], part) for part in record.get("you", []))
    out.print()
    heading = wording.title(record["contract"])
    out.print(
        f"  [bold]{escape(heading)}[/] [dim]you: {escape(you)} · version {record['version']}, {record['change']}[/]"
    )
    for dispute in record.get("disputed", []):
        out.print(f"    [yellow]! 有异议 disputed[/] [dim]{escape(dispute)}[/]")
    for row in wording.rows(record["contract"], record["body"]):
        out.print(f"    {'  ' * row.depth}[dim]{escape(row.label)}[/]  {escape(row.text)}".rstrip())
