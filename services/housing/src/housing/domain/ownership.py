"""Who owns a title, in which form, with which shares (Civil Code 297 to 310).

Every change returns a new :class:`Ownership`; none can be built whose shares do not sum to exactly one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from housing.domain.law import Law
from housing.domain.problems import (
    ConsentMissing,
    NotAnOwner,
    OwnerRepeated,
    OwnershipMismatch,
    SharesDoNotSum,
    ShareTooFine,
    SurvivorLeftOut,
)

Form = Literal["sole", "joint", "by-shares"]
WHOLE = Fraction(1)
FINEST = 999_999  # not a rule: what six digits hold, as the contract writes a share


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person is to get: ``share`` of the whole title, or None where the form decides it."""

    owner: str
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What a person has: ``share`` of the whole title (None in joint ownership), ``since`` a legal day."""

    owner: str
    share: Fraction | None
    since: date


@dataclass(frozen=True, slots=True)
class Ownership:
    """Sole: one holding of 1. Joint: at least two without shares. By shares: at least two that sum to exactly one."""

    form: Form
    holdings: tuple[Holding, ...]

    def __post_init__(self) -> None:
        if len({holding.owner for holding in self.holdings}) != len(self.holdings):
            raise OwnerRepeated
        if (len(self.holdings) == 1) != (self.form == "sole") or not self.holdings:
            raise OwnershipMismatch
        if any((holding.share is None) != (self.form == "joint") for holding in self.holdings):
            raise OwnershipMismatch
        if self.form != "joint":
            _check(holding.share for holding in self.holdings)

    @classmethod
    def agree(cls, claims: Iterable[Claim], form: Form | None, on: date, *, family: bool = False) -> Self:
        """The ownership that new owners agreed on; what they left unsaid follows the Civil Code: joint for a family,
        else by shares (308), and shares that nobody stated are equal (309)."""
        claims = tuple(claims)
        if form is None:
            stated = any(claim.share is not None for claim in claims)
            form = "sole" if len(claims) == 1 else "joint" if family and not stated else "by-shares"
        if form != "joint" and all(claim.share is None for claim in claims):
            claims = tuple(Claim(claim.owner, Fraction(1, len(claims))) for claim in claims)
        return cls(form, tuple(Holding(claim.owner, claim.share, on) for claim in claims))

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(holding.owner for holding in self.holdings)

    def of(self, owner: str) -> Holding:
        """The holding of ``owner``; NotAnOwner when there is none."""
        for holding in self.holdings:
            if holding.owner == owner:
                return holding
        raise NotAnOwner

    def require_consent(self, consents: Collection[str], law: Law, acquirers: Collection[str] = ()) -> None:
        """Disposing of the whole needs every sole or joint owner, or the law's majority of the shares (301). Where one of
        the owners is to acquire it is no sale of what is common: nobody's share passes to another owner without the one
        whose it is."""
        given = [self.of(owner) for owner in set(consents)]
        if self._outvotes(acquirers):
            if sum(holding.share or 0 for holding in given) < law.consent_majority:
                raise ConsentMissing
        elif len(given) < len(self.holdings):
            raise ConsentMissing

    def needed(self, consenting: Collection[str], law: Law, acquirers: Collection[str] = ()) -> list[str]:
        """Whose consent is still missing for a disposal when ``consenting`` agree: all other joint owners; of owners by
        shares the largest holders until the majority is reached (301), all where one of them is to acquire."""
        others = [holding for holding in self.holdings if holding.owner not in consenting]
        if not self._outvotes(acquirers):
            return [holding.owner for holding in others]
        given = sum((h.share or Fraction(0) for h in self.holdings if h.owner in consenting), Fraction(0))
        asked: list[str] = []
        for holding in sorted(others, key=lambda each: (-(each.share or 0), each.owner)):
            if given >= law.consent_majority:
                break
            asked.append(holding.owner)
            given += holding.share or 0
        return asked

    def _outvotes(self, acquirers: Collection[str]) -> bool:
        """A majority of the shares is enough."""
        return self.form == "by-shares" and self.owners.isdisjoint(acquirers)

    def require_all(self, consents: Collection[str]) -> None:
        """Changing how the same owners own needs every one of them."""
        if {self.of(owner).owner for owner in consents} != self.owners:
            raise ConsentMissing

    def hand_over(self, giver: str, part: Fraction | None, takers: Iterable[Claim], on: date) -> Self:
        """``giver`` passes ``part`` of the whole title (None: all that the giver holds) on to ``takers``.

        Takers' shares are of the whole title and sum to the part; unstated ones are equal. A joint owner has no share
        to pass on: the joint owners first agree on shares (:meth:`vary`). Who already owns keeps the older day.
        """
        if self.form == "joint":
            raise OwnershipMismatch("a joint owner has no share to hand over")
        shares = {holding.owner: holding.share or Fraction(0) for holding in self.holdings}
        held = shares[self.of(giver).owner]
        part = held if part is None else part
        taken = _divide(part, takers)
        if giver in taken:
            raise OwnerRepeated
        shares[giver] -= part
        if shares[giver] < 0:
            raise SharesDoNotSum
        for taker, share in taken.items():
            shares[taker] = shares.get(taker, Fraction(0)) + share
        return self._with(shares, on)

    def vary(self, form: Form, shares: Mapping[str, Fraction | None]) -> Self:
        """The same owners under another form or with other shares; each stays an owner since the same day."""
        if shares.keys() != self.owners:
            raise NotAnOwner
        return type(self)(form, tuple(Holding(h.owner, shares[h.owner], h.since) for h in self.holdings))

    def succeed(self, dead: str, heirs: Iterable[Claim], form: Form | None, on: date, *, family: bool = False) -> Self:
        """The heirs of ``dead`` take the place of the dead owner from ``on``, the day of death (Civil Code 230).

        Sole: the heirs own the title as they agreed. By shares: the heirs' shares sum to the dead owner's. Joint: the
        estate is first divided, so the claims state the whole result and must name every survivor.
        """
        self.of(dead)
        heirs = tuple(heirs)
        if dead in {claim.owner for claim in heirs}:
            raise OwnerRepeated
        if self.form == "by-shares":
            return self.hand_over(dead, None, heirs, on)
        survivors = self.owners - {dead}
        if not survivors <= {claim.owner for claim in heirs}:
            raise SurvivorLeftOut
        return self.pass_on(heirs, form, on, family=family)

    def pass_on(self, claims: Iterable[Claim], form: Form | None, on: date, *, family: bool = False) -> Self:
        """The whole passes to those who claim it; who owned before and still does keeps the older day."""
        since = {holding.owner: holding.since for holding in self.holdings}
        agreed = type(self).agree(claims, form, on, family=family)
        return type(self)(agreed.form, tuple(replace(h, since=since.get(h.owner, on)) for h in agreed.holdings))

    def renamed(self, old: str, new: str) -> Self:
        """One owner goes by another name. Where that one owns here too, both are the same person: their shares add up,
        and who is left alone of joint owners owns solely; the older day counts."""
        if new not in self.owners:
            return replace(self, holdings=tuple(replace(h, owner=new) if h.owner == old else h for h in self.holdings))
        both = [self.of(old), self.of(new)]
        rest = tuple(h for h in self.holdings if h not in both)
        since = min(h.since for h in both)
        if self.form == "joint" and rest:
            return type(self)("joint", (*rest, Holding(new, None, since)))
        share = WHOLE if self.form == "joint" else sum((h.share or Fraction(0) for h in both), Fraction(0))
        return type(self)("by-shares" if rest else "sole", (*rest, Holding(new, share, since)))

    def _with(self, shares: Mapping[str, Fraction], on: date) -> Self:
        since = {holding.owner: holding.since for holding in self.holdings}
        held = tuple(Holding(owner, share, since.get(owner, on)) for owner, share in shares.items() if share)
        return type(self)("sole" if len(held) == 1 else "by-shares", held)


def _divide(part: Fraction, takers: Iterable[Claim]) -> dict[str, Fraction]:
    """Who takes how much of ``part``: as stated, or all the same where nobody's share is."""
    takers = tuple(takers)
    if not takers:
        raise OwnershipMismatch
    stated = [claim.share for claim in takers]
    if all(share is None for share in stated):
        stated = [part / len(takers)] * len(takers)
    shares = _check(stated, whole=part)
    taken = dict(zip((claim.owner for claim in takers), shares, strict=True))
    if len(taken) != len(takers):
        raise OwnerRepeated
    return taken


def _check(shares: Iterable[Fraction | None], whole: Fraction = WHOLE) -> list[Fraction]:
    """The shares, which are parts of ``whole`` and sum to it exactly; in whole numbers, because imports check millions."""
    checked: list[Fraction] = []
    numerator, denominator = 0, 1
    for share in shares:
        if share is None:
            raise OwnershipMismatch
        part, of = share.numerator, share.denominator
        if part <= 0:
            raise SharesDoNotSum
        if of > FINEST:
            raise ShareTooFine
        numerator, denominator = numerator * of + part * denominator, denominator * of
        checked.append(share)
    if numerator * whole.denominator != whole.numerator * denominator:
        raise SharesDoNotSum
    return checked
