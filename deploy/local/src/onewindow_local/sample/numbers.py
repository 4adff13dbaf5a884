"""Numbers that are well-formed and belong to nobody we know: allotted in turn, with right check digits."""

from collections import defaultdict
from datetime import date

from stdnum.cn import uscc

# GB 11643: weights of the first seventeen digits, and the check character by remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# Real offices allot from 001; the sample begins high, where a district's daily births never came.
_FIRST = 900
_PER_DAY = 1000
MALE = "1"


def citizen_number(division: str, born: date, sequence: int) -> str:
    """The number for a six-digit `division`, a birth date and a three-digit `sequence` (odd for men)."""
    first = f"{division}{born:%Y%m%d}{sequence:03d}"
    return first + _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True)) % 11]


class Numbers:
    """Gives each person a number that no other person of this sample has."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, date, str], int] = defaultdict(int)

    def allot(self, division: str, born: date, sex: str) -> str:
        place = (division, born, sex)
        turn = self._given[place]
        self._given[place] = turn + 1
        if turn >= _PER_DAY // 2:
            raise OverflowError(f"every number of {division} on {born} is given")
        sequence = (_FIRST + 2 * turn) % _PER_DAY + (1 if sex == MALE else 0)
        return citizen_number(division, born, sequence)


# GB 16735: the value of each character, and the weight of each place (the ninth is the check digit's own).
_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    **{"P": 7, "R": 9},
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vehicle_number(maker: str, model: str, year: str, serial: int) -> str:
    """A vehicle identification number: three characters of maker, five of model, one of year, and a serial."""
    without = f"{maker}{model}0{year}A{serial:06d}"
    total = sum(_VIN_VALUES[char] * weight for char, weight in zip(without, _VIN_WEIGHTS, strict=True))
    check = "X" if total % 11 == 10 else str(total % 11)
    return without[:8] + check + without[9:]


# GB 11714: weights of an organisation code's first eight characters.
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(count: int) -> str:
    """A unified social credit code (GB 32100) whose organisation code (GB 11714) begins high, where no real one stands."""
    body = f"Y{count:07d}"
    total = sum(weight * int(char, 36) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    check = "0123456789X"[-total % 11]
    first = f"91330100{body}{check}"
    return first + uscc.calc_check_digit(first)
