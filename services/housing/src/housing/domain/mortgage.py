"""A mortgage: a creditor's right in a title. It follows the unit to whoever owns it (Civil Code 406)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from housing.domain.problems import AlreadyReleased, DatesOutOfOrder, RecordEnded

Kind = Literal["ordinary", "maximum"]


@dataclass(frozen=True, slots=True)
class Mortgage:
    """``secured`` in fen; ``mortgagee_code`` is the creditor's unified social credit code (GB 32100); ``debt_from`` to
    ``debt_until`` is the debt's term; ``released_on`` the day on which the mortgagee declared the debt paid;
    ``ended_on`` the day of cancellation; ``mortgagee`` the creditor's pseudonym, where it applied through its window."""

    urn: str
    version: int
    title: str
    authority: str
    unit_code: str
    kind: Kind
    mortgagee_name: str
    mortgagee_code: str
    secured: int
    debt_from: date
    debt_until: date
    no_transfer: bool
    certificate_number: str
    rank: int
    registered_on: date
    released_on: date | None = None
    ended_on: date | None = None
    mortgagee: str | None = None

    def __post_init__(self) -> None:
        if self.debt_until < self.debt_from:
            raise DatesOutOfOrder

    def require_open(self) -> None:
        """An ended mortgage takes no more entries."""
        if self.ended_on:
            raise RecordEnded

    def require_unreleased(self) -> None:
        """A mortgagee declares the debt paid once."""
        self.require_open()
        if self.released_on:
            raise AlreadyReleased
