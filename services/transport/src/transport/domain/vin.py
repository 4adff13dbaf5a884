"""Vehicle identification numbers: 17 characters, no I, O or Q, the ninth a check digit (GB 16735; ISO 3779)."""

from __future__ import annotations

from transport.domain.problems import VinCheckDigit

_VALUES = {str(digit): digit for digit in range(10)} | {
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
ALPHABET = "".join(sorted(_VALUES))


def check_digit(vin: str) -> str:
    """The character that belongs at position 9 of ``vin`` (17 characters of ``ALPHABET``; what stands there is ignored)."""
    remainder = sum(_VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder)


def checked(vin: str) -> str:
    """``vin`` itself if it is well formed and its check digit is right; VinCheckDigit otherwise."""
    if len(vin) != 17 or any(char not in _VALUES for char in vin) or check_digit(vin) != vin[8]:
        raise VinCheckDigit
    return vin
