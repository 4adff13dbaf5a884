"""The one written form of a unified social credit code (GB 32100)."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from identity.domain.problems import InvalidNumber

SCHEME = "cn-uscc"
"""By this name the code is a way to name an organisation, as a citizen number is one to name a person."""


def normalise(code: str) -> str:
    """18 characters with the check digit; InvalidNumber for anything else."""
    try:
        return uscc.validate(code)
    except (ValidationError, ValueError) as error:
        raise InvalidNumber from error
