"""A title as the register holds it, and what stands in the way of disposing of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.freeze import Freeze
from housing.domain.mortgage import Mortgage
from housing.domain.objection import Objection
from housing.domain.ownership import Ownership
from housing.domain.problems import (
    AdvanceNoticeInForce,
    DateInFuture,
    EffectiveDayMissing,
    EffectiveOnEntry,
    Frozen,
    Mortgaged,
    MortgageeConsentMissing,
    OwnerDead,
    PersonDead,
    RecordEnded,
    ResidenceRightInForce,
    TitleDisputed,
)
from housing.domain.residence_right import ResidenceRight

Cause = Literal[
    "purchase",
    "gift",
    "exchange",
    "construction",
    "allocation",
    "inheritance",
    "judgment",
    "agreement",
    "escheat",
    "demolition",
    "expropriation",
    "abandonment",
]
Entry = Literal["first", "variation", "transfer", "correction", "cancellation"]


@dataclass(frozen=True, slots=True)
class Title:
    """One title with everything that a decision about it needs.

    ``revision`` rises with every entry about the unit, its mortgages and freezes included: a decision holds only as
    long as it is the same. ``area`` in hundredths of a square metre; ``price`` in fen, None when none was declared;
    ``mortgages``, ``freezes``, ``objections``, ``notices`` and ``residences`` are those not yet ended; ``dead`` maps those
    of its owners (and of the acquirers asked about) who have died to the day of death.
    """

    urn: str
    version: int
    revision: int
    authority: str
    unit_code: str
    address: str
    area: int
    use: str
    price: int | None
    certificate_number: str
    entry: Entry
    cause: Cause
    registered_on: date
    ownership: Ownership
    ended_on: date | None = None
    mortgages: tuple[Mortgage, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    objections: tuple[Objection, ...] = ()
    notices: tuple[AdvanceNotice, ...] = ()
    residences: tuple[ResidenceRight, ...] = ()
    dead: Mapping[str, date] = field(default_factory=dict)

    @property
    def disposable(self) -> bool:
        """False while an owner is dead and the heirs are not yet registered (Civil Code 232)."""
        return self.dead.keys().isdisjoint(self.ownership.owners)

    def require_open(self) -> None:
        """An ended title takes no more entries."""
        if self.ended_on:
            raise RecordEnded

    def require_unfrozen(self, on: date) -> None:
        """No entry that changes a right passes a freeze (Provisional Regulations on Real Estate Registration 22)."""
        self.require_open()
        if any(freeze.in_force(on) for freeze in self.freezes):
            raise Frozen

    def require_disposable(self, on: date, acquirers: Collection[str] = (), agreed: Collection[str] = ()) -> None:
        """Owners can dispose of the title to ``acquirers``: it is open, no freeze is in force, no owner is dead, no court
        decides who owns it, and no advance notice protects another (``agreed``: notices whose beneficiary consents)."""
        self.require_unfrozen(on)
        if not self.disposable:
            raise OwnerDead
        if any(objection.disputed for objection in self.objections):
            raise TitleDisputed
        if any(notice.blocks(acquirers, agreed) for notice in self.notices):
            raise AdvanceNoticeInForce

    def require_transferable(self, on: date, mortgagee_consents: Collection[str]) -> None:
        """A mortgage follows the unit and stops nothing, unless its no-transfer clause lacks consent (406)."""
        self.require_unfrozen(on)
        for mortgage in self.mortgages:
            if mortgage.no_transfer and mortgage.urn not in mortgagee_consents:
                raise MortgageeConsentMissing

    def require_unencumbered(self, on: date) -> None:
        """A title can be cancelled only when nobody else has a right in it."""
        self.require_unfrozen(on)
        if self.mortgages:
            raise Mortgaged
        if self.residences:
            raise ResidenceRightInForce


def require_alive(persons: Collection[str], dead: Mapping[str, date]) -> None:
    """Nobody acquires a right after death."""
    if not dead.keys().isdisjoint(persons):
        raise PersonDead


def effective_day(cause: Cause, stated: date | None, today: date) -> date:
    """The day on which an entry takes effect: on entry (Civil Code 214), for a judgment the earlier day (229)."""
    if cause != "judgment":
        if stated is not None:
            raise EffectiveOnEntry
        return today
    if stated is None:
        raise EffectiveDayMissing
    return not_after(stated, today)


def not_after(day: date, today: date) -> date:
    """``day`` itself; DateInFuture when it has not come yet."""
    if day > today:
        raise DateInFuture
    return day
