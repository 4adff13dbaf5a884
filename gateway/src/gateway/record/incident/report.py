"""The report of an incident: JSON bytes, to be signed as they are.

``looks`` is a table of what was seen; ``fields`` a table of distinct sets of fields. Each citizen names their rows of both, so
that the report of a million looks is read and checked in one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Final

import orjson

from gateway.record.incident.finding import SHOWN, Finding, Looks
from gateway.record.incident.memory import uncollected

FORMAT: Final = "onewindow-incident/1"
WHOLE: Final = "*"


@uncollected()
def report(
    finding: Finding,
    *,
    identity: str,
    instance: str,
    credential: str,
    since: datetime,
    until: datetime,
    made_at: datetime,
    whole: Callable[[str], Iterable[str]],
) -> dict[str, Any]:
    """``whole`` names all properties of a record type that are shown where an entry says ``*``: to its subject, its keeper.

    A row of a citizen's ``looks`` is the number of what was seen, how often, and whether it is not disclosed to them yet.
    ``fields`` is the number of the set of all fields that may have been seen of them, ``disclosed`` of those that they may know
    of, null when of none. ``first`` and ``last`` are the times of looks that showed something. ``citizens`` are those of whom anything may have been seen, ``refused`` how many others were asked for in vain.
    """
    order = {number: index for index, number in enumerate(finding.shapes)}
    shown = frozenset(number for number, shape in finding.shapes.items() if shape["outcome"] in SHOWN)
    fields = _Sets(finding, shown, whole)
    citizens, refused = [], 0
    for name, touched in sorted(finding.people.items(), key=itemgetter(0)):
        looks, reached = touched.looks, fields.of(touched.looks)
        if reached is None:
            refused += 1
            continue
        citizens.append(
            {
                "citizen": name,
                "first": touched.first,
                "last": touched.last,
                "looks": [(order[each.shape], each.count, each.delayed) for each in looks],
                "fields": reached,
                "disclosed": reached if not any(each.delayed for each in looks) else fields.of_disclosed(looks),
            }
        )
    outcomes, entries, delayed = dict[str, int](), 0, 0
    for shape, late, count in finding.all():
        outcome = finding.shapes[shape]["outcome"]
        outcomes[outcome] = outcomes.get(outcome, 0) + count
        entries, delayed = entries + count, delayed + (count if late else 0)
    return {
        "format": FORMAT,
        "id": identity,
        "instance": instance,
        "made_at": _time(made_at),
        "credential": credential,
        "since": _time(since),
        "until": _time(until),
        "matched": _matched(credential, finding.matched),
        "record": {
            "entries": finding.size,
            "reaches": None if finding.reaches is None else _time(finding.reaches),
            "checkpoint": finding.checkpoint,
        },
        "counts": {
            "citizens": len(citizens),
            "erased": sum(fields.of(touched.looks) is not None for touched in finding.erased.values()),
            "citizens_refused_only": refused,
            "entries": entries,
            "outcomes": dict(sorted(outcomes.items())),
            "not_disclosed_yet": delayed,
        },
        "looks": list(finding.shapes.values()),
        "fields": fields.table,
        "citizens": citizens,
    }


def written(content: Mapping[str, Any]) -> bytes:
    """The bytes that are signed, stored and checked."""
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)


class _Sets:
    """Distinct sets of fields, numbered in order of appearance; None where nothing was shown."""

    def __init__(self, finding: Finding, shown: frozenset[int], whole: Callable[[str], Iterable[str]]) -> None:
        self._finding, self._shown, self._whole = finding, shown, whole
        self._known: dict[frozenset[int], int | None] = {}
        self._numbers: dict[bytes, int] = {}
        self.table: list[dict[str, list[str]]] = []

    def of(self, looks: Iterable[Looks]) -> int | None:
        shapes = frozenset([each.shape for each in looks])
        if shapes not in self._known:
            shown = shapes & self._shown
            self._known[shapes] = self._number(shown) if shown else None
        return self._known[shapes]

    def of_disclosed(self, looks: Iterable[Looks]) -> int | None:
        """Of the looks that their subject may know of today."""
        return self.of([each for each in looks if not each.delayed])

    def _number(self, shapes: frozenset[int]) -> int:
        united: dict[str, set[str]] = {}
        for shape in shapes:
            for record_type, names in self._finding.shapes[shape]["records"].items():
                known = united.setdefault(record_type, set())
                known.update(self._whole(record_type) if WHOLE in names else names)
        fields = {record_type: sorted(names) for record_type, names in sorted(united.items())}
        key = orjson.dumps(fields)
        if key not in self._numbers:
            self._numbers[key] = len(self.table)
            self.table.append(fields)
        return self._numbers[key]


def _matched(credential: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """As what the credential was found, and with what else it was used."""
    rows = list(rows)
    officer = credential.rpartition("/")[2]
    return {
        "as": sorted({name for row in rows for name in ("client", "actor", "token", "key") if row[name] == officer}),
        "clients": sorted({row["client"] for row in rows}),
        "officers": sorted({row["actor"] for row in rows if row["actor"] is not None}),
        "keys": sorted({row["key"] for row in rows if row["key"] is not None}),
        "tokens": len({row["token"] for row in rows}),
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
