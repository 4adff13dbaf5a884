"""Officers with small budgets, and a node that counts for them; ``python -m budgeting`` is one more process of the node."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from onewindow_kit.budgets import Budgets, Claim, Periods, Raising
from onewindow_kit.budgets.claim import claim
from onewindow_kit.callers import Principal
from onewindow_kit.decide import Count, Decision, Usage, Visible, decide
from onewindow_kit.decision import Property
from onewindow_kit.node import Node
from onewindow_kit.purposes import Budget, Purpose

ORGANISATION = "demo.social-aid"
AN_HOUR = 3_600_000
NOON = 1_790_000_000_000 // AN_HOUR * AN_HOUR
BUDGETS = (Budget("actor", "hour", 20), Budget("organisation", "hour", 50))
PURPOSE = Purpose(
    id="social-aid.means-test",
    holder=ORGANISATION,
    fields={"housing.title": frozenset({"use"})},
    clear={"housing.title": frozenset({"use"})},
    valid_from=date(2020, 1, 1),
    valid_until=date(2030, 1, 1),
    legal_basis="社会救助暂行办法第58条",
    highest="internal",
    budgets=BUDGETS,
)
Wanted = Mapping[str, frozenset[str]]
Meanwhile = Callable[[], object] | None
WANTED: Wanted = {"housing.title": frozenset({"use"})}
VISIBLE = {"housing.title": Visible({"use": Property("internal", None, "none")}, frozenset({"owner"}))}


def officer(name: str | None) -> Principal:
    return Principal(
        "agency", ORGANISATION, "social-aid", ORGANISATION, "jti", 2**40, ORGANISATION, PURPOSE.id, actor=name
    )


class Standing:
    """Oversight's locks as they are told to a node."""

    def __init__(self) -> None:
        self.locks: set[tuple[str, str | None]] = set()
        self.lifts: dict[tuple[str, str | None], int] = {}

    def locked(self, organisation: str, officer: str | None) -> object | None:
        return (organisation, officer) if (organisation, officer) in self.locks else None

    def lifted(self, organisation: str, officer: str | None) -> int | None:
        return self.lifts.get((organisation, officer))


class Counting:
    """One node, and its clock."""

    def __init__(self, node: Node, kind: type[Budgets] = Budgets, *, at: int | None = NOON) -> None:
        self.at, self.standing = at, Standing()
        self.raising = Raising(node, "demo")
        periods = Periods("Asia/Shanghai")
        clock: dict[str, Any] = {} if at is None else {"now": lambda: self.at}
        self.budgets = kind(node, periods=periods, raising=self.raising, standing=self.standing, **clock)

    def look(self, name: str | None, *subjects: str, wanted: Wanted = WANTED, meanwhile: Meanwhile = None) -> Decision:
        """``meanwhile`` happens once, after the counts were read for the decision and before it is made."""
        caller, happening = officer(name), [meanwhile] if meanwhile else []

        def decided(usage: Usage) -> Decision:
            if happening:
                happening.pop()()
            return decide(caller, PURPOSE, wanted, VISIBLE, usage, date(2026, 11, 24))

        return self.budgets.governed(Claim.of(caller, PURPOSE), subjects, decided)

    def counts(self, name: str | None) -> Mapping[str, Count]:
        return self.budgets.standing(Claim.of(officer(name), PURPOSE)).counts

    def shown(self, name: str | None, subjects: Iterator[str] | list[str]) -> int:
        """How many of ``subjects`` were shown, one after the other."""
        return sum(self.look(name, subject).allowed for subject in subjects)


@contextmanager
def counting(folder: Path, kind: type[Budgets] = Budgets, *, at: int | None = NOON) -> Iterator[Counting]:
    claim.cache_clear()
    with Node(folder) as node:
        yield Counting(node, kind, at=at)


if __name__ == "__main__":
    folder, worker = sys.argv[1:]
    with counting(Path(folder), at=None) as here:
        print(here.shown("o-17", [f"gateway.1.{worker}-{number}" for number in range(40)]))
