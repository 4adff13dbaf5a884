"""Two entries of one person become one, and one entry of two persons two: what may be, and whose standing holds.

Nothing here knows rows: a standing and whose kinship, of the two entries and of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from identity.domain.link_refusals import BothMarried, DeadWithAlive, KinOfEachOther, MergedWithSelf
from identity.domain.standing import Standing

Side = Literal["survivor", "losing"]
# Standings that say where a person's one registration is, the strongest first.
PLACED = (Standing.REGISTERED, Standing.IN_TRANSIT)


@dataclass(frozen=True, slots=True)
class Tie:
    """One entry's kinship in force: ``first``, the own side is the parent's or guardian's; ``other``, whoever is meant."""

    kind: str
    first: bool
    other: object


def two_entries(one: object, other: object) -> None:
    """MergedWithSelf where both are the same."""
    if one == other:
        raise MergedWithSelf


def may_merge(survivor: Standing, losing: Standing, *, dead_with_alive: bool) -> None:
    """The dead are merged with the living only where that is stated."""
    if (survivor is Standing.DEAD) != (losing is Standing.DEAD) and not dead_with_alive:
        raise DeadWithAlive


def place_holds(survivor: Standing, losing: Standing) -> Side:
    """Whose registration is the person's: the survivor's where there is one, else the other's; the dead have none."""
    if Standing.DEAD in (survivor, losing):
        return "survivor"
    for standing in PLACED:
        if survivor is standing:
            return "survivor"
        if losing is standing:
            return "losing"
    return "survivor"


def check_ties(survivor: Iterable[Tie], losing: Iterable[Tie], who: object, loser: object) -> None:
    """KinOfEachOther where one is the other's kin, or would be a person's parent and child at once; BothMarried."""
    mine, theirs = list(survivor), list(losing)
    if any(tie.other == loser for tie in mine) or any(tie.other == who for tie in theirs):
        raise KinOfEachOther
    for tie in theirs:
        if any(m.kind == tie.kind == "parentage" and m.other == tie.other and m.first != tie.first for m in mine):
            raise KinOfEachOther
        if any(m.kind == tie.kind == "marriage" and m.other != tie.other for m in mine):
            raise BothMarried


def doubles(tie: Tie, survivor: Iterable[Tie]) -> bool:
    """Whether the survivor has this kinship already: of two records of one thing, one is enough."""
    return any(
        m.kind == tie.kind and m.other == tie.other and (tie.kind == "marriage" or m.first == tie.first)
        for m in survivor
    )


def standing_of(before: Standing, *, registered: bool) -> Standing:
    """After a split: where an open registration went along the person is registered; who was and has none is not."""
    if before is Standing.DEAD:
        return before
    if registered:
        return Standing.REGISTERED
    return Standing.UNREGISTERED if before in PLACED else before
