"""Numbers of certificates, as the register draws them and people read them."""

DIGITS = 7  # not a rule: how numbers are printed
"""A running number is filled up with zeros to so many digits."""


def written(form: str, number: int) -> str:
    """``form`` with its ``{number}`` filled in."""
    return form.replace("{number}", f"{number:0{DIGITS}d}")
