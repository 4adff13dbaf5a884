"""Adoption (民法典 1093 to 1111): who may adopt whom, and which ties it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from identity.domain.ages import age
from identity.domain.problems import KinshipNotPossible
from identity.domain.refusals import AdopteeOfAge, AdoptersNotMarried, AdopterTooYoung, AdoptionAgeGap


@dataclass(frozen=True)
class Adopter:
    """``spouse_is_parent``: the spouse is a parent of the child, which then keeps that parent."""

    birth_date: date
    sex: str
    married: bool
    spouse_is_parent: bool
    is_parent: bool


@dataclass(frozen=True)
class Ages:
    """Years: of adopters, below which a child is adopted, between one who adopts alone and a child of the other sex."""

    adopter: int
    child_below: int
    gap: Mapping[str, int]


def check(adopters: Sequence[Adopter], couple: bool, child_born: date, child_sex: str, on: date, ages: Ages) -> None:
    """``couple``: the two adopters are married to each other. Refused by the first rule that is broken."""
    if any(adopter.is_parent or adopter.birth_date >= child_born for adopter in adopters):
        raise KinshipNotPossible
    if age(child_born, on) >= ages.child_below:
        raise AdopteeOfAge
    step = len(adopters) == 1 and adopters[0].spouse_is_parent
    if not step:
        if any(age(adopter.birth_date, on) < ages.adopter for adopter in adopters):
            raise AdopterTooYoung
        if not couple and (len(adopters) > 1 or adopters[0].married):
            raise AdoptersNotMarried
    if len(adopters) == 1 and not adopters[0].married and adopters[0].sex != child_sex:
        gap = ages.gap.get(adopters[0].sex)
        if gap is not None and age(adopters[0].birth_date, child_born) < gap:
            raise AdoptionAgeGap
