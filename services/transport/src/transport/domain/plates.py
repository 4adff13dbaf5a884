"""Plates: a plate is its type and its number together; the same number may hang on a lorry and on a car (GA 36).

Issuing letters and serials never use I and O. New-energy plates have six serial characters: small ones begin, large
ones end with a letter that tells battery cars (D, A, B, C, E) from others (F, G, H, J, K).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from transport.domain.days import add_years
from transport.domain.problems import PlateFormat

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_OFFICE, _SERIAL = f"[{PROVINCES}][A-HJ-NP-Z]", "[A-HJ-NP-Z0-9]"
_BATTERY, _OTHER_ENERGY = "DABCE", "FGHJK"
_FORMS = {
    "01": f"{_OFFICE}{_SERIAL}{{5}}",
    "02": f"{_OFFICE}{_SERIAL}{{5}}",
    "07": f"{_OFFICE}{_SERIAL}{{5}}",
    "08": f"{_OFFICE}{_SERIAL}{{5}}",
    "15": f"{_OFFICE}{_SERIAL}{{4}}挂",
    "16": f"{_OFFICE}{_SERIAL}{{4}}学",
    "51": f"{_OFFICE}[0-9]{{5}}[{_BATTERY}{_OTHER_ENERGY}]",
    "52": f"{_OFFICE}[{_BATTERY}{_OTHER_ENERGY}]{_SERIAL}[0-9]{{4}}",
}
_COMPILED = {kind: re.compile(form) for kind, form in _FORMS.items()}
_SUFFIX = {"15": "挂", "16": "学"}
TYPES = tuple(_FORMS)


@dataclass(frozen=True, slots=True, order=True)
class Plate:
    """``type`` by GA/T 16.7 (01 large, 02 small, 07 and 08 motorcycles, 15 trailer, 16 training, 51 and 52 new energy)."""

    type: str
    number: str

    def __post_init__(self) -> None:
        form = _COMPILED.get(self.type)
        if form is None or not form.fullmatch(self.number):
            raise PlateFormat

    @property
    def office(self) -> str:
        """The prefix that names the issuing office, e.g. 浙A."""
        return self.number[:2]


def random_plate(kind: str, office: str, battery: bool = True, choose: Callable[[str], str] = secrets.choice) -> Plate:
    """A plate of ``kind`` as the office's machine would draw it: mostly digits, one letter in an ordinary serial."""
    digits = "".join(choose("0123456789") for _ in range(5))  # not a rule: the form of a plate, GA 36
    energy = choose(_BATTERY if battery else _OTHER_ENERGY)
    match kind:
        case "51":
            serial = digits + energy
        case "52":
            serial = energy + digits
        case _:
            serial = choose(LETTERS) + digits[:4]
            if kind in _SUFFIX:
                serial = serial[:4] + _SUFFIX[kind]
    return Plate(kind, office + serial)


@dataclass(frozen=True, slots=True)
class PlateRules:
    """Dated parameters: years of use that found the right to a former plate, years for which it is kept."""

    use_years: int
    kept_years: int


def kept_until(used_from: date, off_on: date, rules: PlateRules) -> date | None:
    """The last day for which a plate is kept for its former user; None if it was used too short (机动车登记规定 44)."""
    if add_years(used_from, rules.use_years) > off_on:
        return None
    return add_years(off_on, rules.kept_years)
