"""Texts whose rule a regular expression cannot say: JSON Schema ``format`` names and their checks.

The validators of the loader, the hand-written types and the contract tests all use this one table, so that a service
and its contract refuse the same texts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd

from stdnum.cn import ric, uscc

_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def parse_share(text: str) -> Fraction:
    """``n/d`` in lowest terms with 0 < n <= d < 10^6 as a Fraction; ValueError otherwise ("2/4", "0.5", "3/2")."""
    parts = text.split("/")
    if len(parts) != 2 or not all(p.isascii() and p.isdigit() and len(p) <= 6 and p[0] != "0" for p in parts):
        raise ValueError("must be a share 'n/d' in digits, each part below a million")
    n, d = map(int, parts)
    if n > d or gcd(n, d) != 1:
        raise ValueError("must be a share in lowest terms, above zero and at most 1/1")
    return Fraction(n, d)


def vin_check_digit(vin: str) -> str:
    """The ninth character that GB 16735 (ISO 3779) gives to a text of 17; KeyError for I, O, Q and other characters."""
    values = (int(c) if c.isdigit() else _VIN_VALUES[c] for c in vin)
    return "0123456789X"[sum(v * w for v, w in zip(values, _VIN_WEIGHTS, strict=True)) % 11]


def is_share(text: str) -> bool:
    try:
        return bool(parse_share(text))
    except ValueError:
        return False


def is_vin(text: str) -> bool:
    """17 characters of GB 16735 with the right check digit, in capitals."""
    if len(text) != 17 or not text.isascii():
        return False
    try:
        return text[8] == vin_check_digit(text)
    except KeyError:
        return False


def is_uscc(text: str) -> bool:
    """A unified social credit code (GB 32100) with the right check digit, in capitals and without separators."""
    return uscc.compact(text) == text and uscc.is_valid(text)


def is_gb11643(text: str) -> bool:
    """A citizen number (GB 11643): a real birth day and the right check digit.

    The division prefix is not looked up: numbers issued under abolished divisions stay valid.
    """
    if len(text) != 18 or not (text[:17].isascii() and text[:17].isdigit()) or text[0] == "0":
        return False
    try:
        ric.get_birth_date(text)
    except ric.ValidationError:
        return False
    return text[17] == ric.calc_check_digit(text)


CHECKS: dict[str, Callable[[str], bool]] = {
    "share": is_share,
    "uscc": is_uscc,
    "vin": is_vin,
    "gb11643": is_gb11643,
}
STANDARD = frozenset({"date", "date-time", "uri", "uri-reference", "uuid"})
