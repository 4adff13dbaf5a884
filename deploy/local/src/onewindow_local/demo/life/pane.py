"""A window in a few lines: what a step brought is spelled out, what was there before is named."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Table

from onewindow_local import wording

# What a reader of the story wants to know of a record; of others, the first few properties.
TOLD = {
    "identity.person.v1": ("name", "standing"),
    "identity.identification.v1": ("number", "state"),
    "identity.household.v1": ("division", "address", "members"),
    "identity.household-registration.v1": ("division", "address", "relationship"),
    "identity.kinship.v1": ("kind", "state", "since", "ended_on"),
    "identity.stay.v1": ("division", "address", "since"),
    "identity.residence-permit.v1": ("state", "ground", "endorse_by"),
    "housing.title.v1": ("address", "ownership", "registered_on"),
    "housing.mortgage.v1": ("mortgagee_name", "secured_fen"),
    "housing.fund-account.v1": ("employer_name", "state", "balance_fen"),
    "housing.fund-entry.v1": ("month", "kind", "amount_fen", "balance_after_fen"),
    "transport.driving-licence.v1": ("classes", "state"),
    "transport.points-cycle.v1": ("starts_on", "points"),
    "transport.vehicle.v1": ("make", "model", "state"),
    "transport.violation.v1": ("kind", "points", "state"),
}
CASE = ("kind", "state", "decide_by")
FEW = 4
MOST = 2
"""Records of one type that are spelled out; of more the newest, and how many."""


class Pane:
    """One person's window as it was shown last."""

    def __init__(self, whose: str) -> None:
        self.whose = whose
        self._seen: dict[str, tuple[int, str]] = {}

    def show(self, view: dict[str, Any]) -> Table:
        """The window as it is now, what is new since the last time in front."""
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", no_wrap=True, min_width=10)
        table.add_column(overflow="ellipsis", no_wrap=True)
        now: dict[str, tuple[int, str]] = {}
        long = {each["type"] for section in view["sections"] for each in section["series"]}
        for section in view["sections"]:
            lines, known = [], []
            for name, records in section["records"].items():
                now |= {record["urn"]: (record["version"], name) for record in records}
                fresh = [each for each in records if self._seen.get(each["urn"], (0,))[0] != each["version"]]
                lines += [self._told(record) for record in fresh[: MOST if len(fresh) <= MOST else 1]]
                if len(fresh) > MOST:
                    lines[-1] += f"  [green]and {len(fresh) - 1} more[/]"
                if (still := len(records) - len(fresh)) and name not in long:
                    known.append((f"{still} × " if still > 1 else "") + escape(_title(records[0]["contract"], "en")))
            known += [f"{each['count']} × {escape(_title(each['type'] + '.v1', 'en'))}" for each in section["series"]]
            if known:
                lines.append(f"[dim]{' · '.join(known)}[/]")
            table.add_row(escape(section["title"]["zh"]), "\n".join(lines) or "[dim]nothing on file[/]")
        gone = [name for urn, (_, name) in self._seen.items() if urn not in now and name not in long]
        if gone:
            ended = " · ".join(sorted({_title(name + ".v1", "en") for name in gone}))
            table.add_row("", f"[red]− {escape(ended)}: no longer of the present[/]")
        self._seen = now
        return table

    def _told(self, record: dict[str, Any]) -> str:
        contract, body = record["contract"], record["body"]
        mark = "[yellow]~[/]" if record["urn"] in self._seen else "[green]+[/]"
        names = CASE if contract.endswith(".case.v1") else TOLD.get(contract, tuple(body)[:FEW])
        rows = [row for name in names if name in body for row in wording.rows(contract, {name: body[name]})]
        facts = " · ".join(row.text for row in rows if row.text)
        return f"{mark} [bold]{escape(_title(contract, 'zh'))} {escape(_title(contract, 'en'))}[/]  {escape(facts)}"


def _title(contract: str, language: str) -> str:
    words = wording.title(contract)
    zh, _, en = words.partition(" ")
    return (zh if language == "zh" else en) or words
