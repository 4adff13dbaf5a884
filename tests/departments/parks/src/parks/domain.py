"""What the rules say about allotments: plain values, no framework, no database, no broker."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from onewindow_kit.problems import Conflict, NotFound


class AllotmentTaken(Conflict):
    code, title = "allotment-taken", "Somebody holds this plot"
    remedy = "Choose another plot."


class ForeignPseudonym(Conflict):
    code, title = "foreign-pseudonym", "The holder is named by another sector's pseudonym"
    remedy = "Ask identity for the pseudonym in the parks sector, and send that one."


@dataclass(frozen=True, slots=True)
class Allotment:
    """``rent`` in fen for a year; ``until`` the last day of somebody who has given notice."""

    urn: str
    version: int
    authority: str
    holder: str
    plot: str
    kind: str
    rent: int
    since: date
    until: date | None = None

    def given_back(self, on: date, notice_days: int) -> "Allotment":
        """The next version: it ends when the period of notice is over. NotFound for one that has ended."""
        if self.until is not None:
            raise NotFound
        return replace(self, version=self.version + 1, until=on + timedelta(days=notice_days))
