"""Marriage: a man and a woman, of age, not closely related, neither of them married (民法典 1046 to 1048, 1077)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, timedelta

from identity.domain.ages import age
from identity.domain.refusals import (
    AlreadyMarried,
    CertificateTermOver,
    CloseKin,
    CoolingOff,
    MarriageAge,
    MarriageParties,
)

MAN, WOMAN = "1", "2"


def check_sexes(one: str, other: str) -> None:
    """GB/T 2261.1 codes; a sex that is not stated has to be corrected first."""
    if {one, other} != {MAN, WOMAN}:
        raise MarriageParties


def check_age(sex: str, birth_date: date, on: date, ages: Mapping[str, int]) -> None:
    """``ages``: years by sex."""
    if age(birth_date, on) < ages[sex]:
        raise MarriageAge


def check_single(one_married: bool, other_married: bool) -> None:
    if one_married or other_married:
        raise AlreadyMarried


def check_kin(one: Mapping[Hashable, int], other: Mapping[Hashable, int], generations: int) -> None:
    """``one``, ``other``: each one's ancestors with their generation, the person itself being the first.

    Lineal kin never marry; of collateral kin those with a common ancestor within ``generations`` on both sides don't.
    """
    own = {person for person, generation in one.items() if generation == 1}
    others = {person for person, generation in other.items() if generation == 1}
    if own & other.keys() or others & one.keys():
        raise CloseKin
    if any(one[person] <= generations and other[person] <= generations for person in one.keys() & other.keys()):
        raise CloseKin


def check_divorce(applied_on: date, on: date, cooling_days: int, certificate_days: int) -> None:
    """Registered once the days of cooling off are over and before the days to ask for the certificate are."""
    cooled = applied_on + timedelta(days=cooling_days)
    if cooling_days and on <= cooled:
        raise CoolingOff
    if on > divorce_until(applied_on, cooling_days, certificate_days):
        raise CertificateTermOver


def divorce_until(applied_on: date, cooling_days: int, certificate_days: int) -> date:
    """The last day on which the divorce can be registered; after it the application counts as taken back."""
    return applied_on + timedelta(days=cooling_days + certificate_days)
