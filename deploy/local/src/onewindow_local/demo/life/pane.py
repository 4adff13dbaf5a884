"""A window in a few lines: what a step brought is spelled out, what was there before is named."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Table

from onewindow_local import wording

SPELLED_OUT = 5
"""Properties of a record that a step brought or changed."""
DULL = {
    "authority",
    "legal_basis",
    "remedy",
    "number",
    "uscc",
    "certificate_number",
    "unit_code",
    "ethnic_group",
    "scheme",
}
SERIES = 3
"""Records of one type beyond which only their number is told."""


class Pane:
    """One person's window as it was shown last."""

    def __init__(self, whose: str) -> None:
        self.whose = whose
        self._seen: dict[str, int] = {}

    def show(self, view: dict[str, Any]) -> Table:
        """The window as it is now, what is new since the last time in front."""
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", no_wrap=True)
        table.add_column()
        now: dict[str, int] = {}
        for section in view["sections"]:
            news, known = [], []
            for name, records in section["records"].items():
                now |= {record["urn"]: record["version"] for record in records}
                fresh = [record for record in records if self._seen.get(record["urn"]) != record["version"]]
                news += [self._told(record) for record in fresh[:SERIES]]
                if len(fresh) > SERIES:
                    news.append(f"  [green]+ {len(fresh) - SERIES} × {escape(wording.title(fresh[0]['contract']))}[/]")
                if still := len(records) - len(fresh):
                    count = f"{still} × " if still > 1 else ""
                    known.append(count + escape(wording.title(records[0]["contract"]).partition(" ")[2] or name))
            known += [
                f"{each['count']} × {escape(each['type'].partition('.')[2])} in all" for each in section["series"]
            ]
            if known:
                news.append(f"[dim]{' · '.join(known)}[/]")
            table.add_row(escape(wording.both(section["title"])), "\n".join(news) or "[dim]nothing on file[/]")
        if gone := len(self._seen.keys() - now.keys()):
            table.add_row("", f"[red]− {gone} no longer of the present[/]")
        self._seen = now
        return table

    def _told(self, record: dict[str, Any]) -> str:
        mark = "[yellow]~[/]" if record["urn"] in self._seen else "[green]+[/]"
        you = "; ".join(wording.standing(record["contract"], part) for part in record.get("you", []))
        facts = [
            row.text for row in wording.rows(record["contract"], plain(record["body"])) if row.text and row.depth == 0
        ]
        text = f"{mark} [bold]{escape(wording.title(record['contract']))}[/] [cyan]{escape(you)}[/]"
        return f"{text}  {escape(' · '.join(facts[:SPELLED_OUT]))}"


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """Without what says little to the family itself: numbers, names of norms, references."""
    return {
        name: value
        for name, value in body.items()
        if name not in DULL and not (isinstance(value, str) and value.startswith("urn:"))
    }
