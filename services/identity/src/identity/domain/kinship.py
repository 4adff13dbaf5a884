"""Kinship, marriage and guardianship (民法典 婚姻家庭编): records of their own between two persons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from identity.domain.ages import age, years_after
from identity.domain.problems import KinshipNotPossible
from identity.domain.refusals import GuardianUnfit, KinshipEnded, ParentsComplete

# What an office can state. An adoption has a procedure of its own; guardianship by law follows from parentage.
BASES = {
    "parentage": frozenset({"birth", "acknowledgement"}),
    "marriage": frozenset({"marriage"}),
    "guardianship": frozenset({"appointment"}),
}
ENDINGS = {"marriage": frozenset({"judgment", "annulment"}), "guardianship": frozenset({"decision"})}
DEFAULT_ENDING = {"marriage": "judgment", "guardianship": "decision"}
PARENTS = 2


def check_parties(kind: str, basis: str, roles: tuple[str, str], stated: tuple[str, str], same: bool) -> None:
    """Two persons, each in a role of that kind, joined by something that can establish it."""
    if same or sorted(stated) != sorted(roles) or basis not in BASES[kind]:
        raise KinshipNotPossible


def check_parentage(parent_born: date, child_born: date, parents: int, known: bool) -> None:
    """``parents``: how many the child has in force; ``known``: whether this one is among them."""
    if known or parent_born >= child_born:
        raise KinshipNotPossible
    if parents >= PARENTS:
        raise ParentsComplete


def check_guardianship(guardian_born: date, on: date, majority: int, ties: Iterable[bool]) -> None:
    """``ties``: guardianships in force between the two, each as whether the new guardian is its guardian."""
    if age(guardian_born, on) < majority:
        raise GuardianUnfit
    if list(ties):
        raise KinshipNotPossible


def due_on(ward_born: date, since: date, majority: int) -> date | None:
    """The day on which guardianship of a minor ends by itself; None for a ward who is of age already."""
    day = years_after(ward_born, majority)
    return day if since < day else None


def may_end(kind: str, state: str, ending: str) -> None:
    """Parentage by birth or adoption does not end by this, and a marriage by agreement not without its procedure."""
    if ending not in ENDINGS.get(kind, frozenset()):
        raise KinshipNotPossible
    if state != "in-force":
        raise KinshipEnded
