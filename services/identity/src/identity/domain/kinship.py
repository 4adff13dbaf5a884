"""Kinship, marriage and guardianship (民法典 婚姻家庭编): records of their own between two persons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from identity.domain.problems import KinshipNotPossible

BASES = {
    "parentage": frozenset({"birth", "adoption", "acknowledgement"}),
    "marriage": frozenset({"marriage"}),
    "guardianship": frozenset({"appointment", "birth", "adoption"}),
}


def check_parties(kind: str, basis: str, roles: tuple[str, str], stated: tuple[str, str], same: bool) -> None:
    """Two persons, each in a role of that kind, joined by something that can establish it."""
    if same or sorted(stated) != sorted(roles) or basis not in BASES[kind]:
        raise KinshipNotPossible


def check_new(
    kind: str, in_force: Iterable[tuple[str, bool, bool]], other_married: bool, first_born: date, second_born: date
) -> None:
    """``in_force``: the first person's kinships as (kind, whether first in it, whether with the second person)."""
    present = list(in_force)
    if kind == "marriage" and (other_married or any(k == "marriage" for k, _, _ in present)):
        raise KinshipNotPossible
    if any(k == kind and with_other for k, _, with_other in present):
        raise KinshipNotPossible
    if kind == "parentage" and first_born >= second_born:
        raise KinshipNotPossible


def may_end(kind: str, state: str) -> None:
    """Parentage by birth or adoption does not end by this."""
    if state != "in-force" or kind == "parentage":
        raise KinshipNotPossible
