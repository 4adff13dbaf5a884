"""What somebody loses by a change of contracts: an older client, a view rebuilt from the log, a case judged by old rules.

A record in the log, a request and a day of the past must stay valid; an answer must keep what it promised. Nothing here
knows of intentions: who breaks a promise on purpose gives it another major version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from onewindow_contracts.compatibility.interfaces import interfaces
from onewindow_contracts.compatibility.numbers import numbers
from onewindow_contracts.compatibility.topics import topics
from onewindow_contracts.loader import Contracts


def losses(before: Contracts, after: Contracts) -> list[str]:
    """A line for each promise of ``before`` that ``after`` breaks; empty when every old user can go on."""
    return sorted([*topics(before, after), *interfaces(before, after), *numbers(before, after)])


def told(lost: Sequence[str], most: int = 3) -> Iterator[str]:
    """The lines for people: what befell many places in the same way (a shared schema changed) is told with ``most``."""

    def same(line: str) -> tuple[str, str]:
        place, _, what = line.partition(": ")
        return what, place.rpartition("/")[2].rpartition(" ")[2]

    for _, group in groupby(sorted(lost, key=same), key=same):
        lines = list(group)
        yield from lines[:most]
        if len(lines) > most:
            yield f"    and so at {len(lines) - most} more places"
