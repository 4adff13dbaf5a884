"""Money in whole fen; what a formula gives is exact until it is rounded once, half up (四舍五入)."""

from fractions import Fraction

LARGEST = 10**15  # not a rule: far above any balance, and centuries of interest below what JSON keeps exactly


def half_up(amount: Fraction) -> int:
    """Whole fen of an exact amount that is not negative; half a fen counts as one."""
    return int(amount + Fraction(1, 2))  # not a rule: what half up means


def part(base: int, rate: int) -> int:
    """``rate`` percent of ``base`` fen."""
    return half_up(Fraction(f"{rate}e-2") * base)


def yuan(fen: int) -> str:
    """Money for people: 300000000 is ¥3,000,000.00."""
    whole, cents = divmod(fen, 100)  # not a rule: fen in a yuan
    return f"¥{whole:,}.{cents:02}"


def shared_out(amount: int, shares: list[Fraction]) -> list[int]:
    """``amount`` by shares that sum to one, to the last fen: what rounding leaves goes to those whom it cut most."""
    parts = [int(amount * share) for share in shares]
    by_loss = sorted(range(len(shares)), key=lambda index: parts[index] - amount * shares[index])
    for index in by_loss[: amount - sum(parts)]:
        parts[index] += 1
    return parts
