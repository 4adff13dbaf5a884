"""A mortgage: a creditor's right in a title. It follows the unit to whoever owns it (Civil Code 406)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from housing.domain.problems import DatesOutOfOrder, OrganisationCodeInvalid

Kind = Literal["ordinary", "maximum"]


@dataclass(frozen=True, slots=True)
class Mortgagee:
    """The creditor: an organisation with its unified social credit code (GB 32100)."""

    name: str
    code: str

    def __post_init__(self) -> None:
        try:
            uscc.validate(self.code)
        except ValidationError as error:
            raise OrganisationCodeInvalid from error


@dataclass(frozen=True, slots=True)
class Mortgage:
    """``secured`` in fen; ``debt_from`` to ``debt_until`` is the debt's term; ``released_on`` is the day on which the
    mortgagee declared the debt paid; ``ended_on`` the day of cancellation."""

    urn: str
    version: int
    title: str
    kind: Kind
    mortgagee: Mortgagee
    secured: int
    debt_from: date
    debt_until: date
    no_transfer: bool
    certificate_number: str
    rank: int
    registered_on: date
    legal_basis: str
    released_on: date | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        if self.debt_until < self.debt_from:
            raise DatesOutOfOrder
