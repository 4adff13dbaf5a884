"""Identification schemes are plug-ins: what a number looks like and what it says about its holder, one class a scheme.

A scheme never decides who a person is: numbers are attributes with a history, never keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import entry_points
from typing import Protocol

from stdnum.cn import ric
from stdnum.ee import ik
from stdnum.exceptions import ValidationError

from identity.domain.problems import InvalidNumber, UnknownScheme

GROUP = "onewindow.identification_schemes"


@dataclass(frozen=True)
class Facts:
    """What a number says about its holder; None where it says nothing. ``sex`` by GB/T 2261.1."""

    birth_date: date | None = None
    sex: str | None = None


class Scheme(Protocol):
    """``assigned_here``: identity itself gives out numbers of this scheme, to persons of the country."""

    id: str
    norm: str
    assigned_here: bool

    def normalise(self, number: str) -> str:
        """The number in its one written form; InvalidNumber unless it is one of this scheme."""
        ...

    def facts(self, number: str) -> Facts: ...


class CitizenNumber:
    """公民身份号码, GB 11643: division, birth date, sequence (odd for men), check digit MOD 11-2.

    The division is not looked up: a number with an abolished prefix stays valid for life.
    """

    id, norm, assigned_here = "cn-id", "GB 11643", True

    def normalise(self, number: str) -> str:
        compact = number.strip().upper()
        if not (len(compact) == 18 and compact.isascii() and compact[:17].isdigit() and compact[0] != "0"):
            raise InvalidNumber
        if compact[17] != ric.calc_check_digit(compact):
            raise InvalidNumber
        try:
            born = _born(compact)
        except ValueError as error:
            raise InvalidNumber from error
        if not 1800 <= born.year <= 2200:  # not a rule: what GB 11643 can mean
            raise InvalidNumber
        return compact

    def facts(self, number: str) -> Facts:
        return Facts(_born(number), "1" if int(number[16]) % 2 else "2")

    def compose(self, division: str, birth_date: date, sequence: int) -> str:
        """The number for ``sequence`` (1 to 999) on that day in that division (six digits)."""
        body = f"{division}{birth_date:%Y%m%d}{sequence:03d}"
        return body + ric.calc_check_digit(body + "0")

    def sequences(self, sex: str) -> range:
        """The sequences that fit a sex: odd for men (1), even for women (2), all where it is not known."""
        every = range(1, 1000)  # not a rule: three digits by GB 11643
        return {"1": every[::2], "2": every[1::2]}.get(sex, every)


def _born(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


class EstonianCode:
    """Isikukood (EVS 585): a foreign scheme, whose numbers are entered from the person's document."""

    id, norm, assigned_here = "ee-ik", "EVS 585", False

    def normalise(self, number: str) -> str:
        try:
            return ik.validate(number)
        except (ValidationError, ValueError) as error:
            raise InvalidNumber from error

    def facts(self, number: str) -> Facts:
        return Facts(ik.get_birth_date(number), {"M": "1", "F": "2"}[ik.get_gender(number)])


class Schemes:
    """The installed schemes by id: the two above, and any that a package offers under the entry point group."""

    def __init__(self, *more: Scheme) -> None:
        installed: list[Callable[[], Scheme]] = [point.load() for point in entry_points(group=GROUP)]
        self._by_id: dict[str, Scheme] = {
            scheme.id: scheme for scheme in (CitizenNumber(), EstonianCode(), *(make() for make in installed), *more)
        }

    def __iter__(self):
        return iter(self._by_id.values())

    def __getitem__(self, scheme: str) -> Scheme:
        try:
            return self._by_id[scheme]
        except KeyError:
            raise UnknownScheme from None
