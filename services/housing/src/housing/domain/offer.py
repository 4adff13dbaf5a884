"""First refusal: a share on sale is offered to the other owners first, at the same terms (Civil Code 305, 306)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from onewindow_kit.problems import AlreadyAnswered, NotFound

from housing.domain.ownership import Claim, Ownership
from housing.domain.problems import OfferClosed

Answer = Literal["asked", "accepted", "waived"]
State = Literal["open", "accepted", "passed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Offer:
    """``share`` of the whole title for ``price`` fen; ``answers`` of the other owners by pseudonym; ``respond_by`` is the
    last day on which they may answer; ``case`` the sale that waits for them."""

    urn: str
    version: int
    title: str
    authority: str
    unit_code: str
    case: str
    seller: str
    share: Fraction
    price: int | None
    opened_on: date
    respond_by: date
    answers: Mapping[str, Answer]
    state: State = "open"
    closed_on: date | None = None

    def answered(self, owner: str, answer: Answer, on: date, owned: Ownership) -> Self:
        """``owner`` accepts or waives, once and in time; the offer closes with the last answer."""
        if owner not in self.answers:
            raise NotFound
        if self.state != "open" or on > self.respond_by:
            raise OfferClosed
        if self.answers[owner] != "asked":
            raise AlreadyAnswered
        after = replace(self, version=self.version + 1, answers={**self.answers, owner: answer})
        return after if "asked" in after.answers.values() else after._closed(on, owned)

    def passed(self, on: date) -> bool:
        """The time to answer is over."""
        return self.state == "open" and on > self.respond_by

    def closed(self, on: date, owned: Ownership) -> Self:
        """Who has not answered has let it pass."""
        return replace(self, version=self.version + 1)._closed(on, owned)

    def withdrawn(self, on: date) -> Self:
        """The sale is off."""
        return replace(self, version=self.version + 1, state="withdrawn", closed_on=on)

    def takers(self, owned: Ownership) -> list[Claim]:
        """Those who accepted and still own a share, each with a part of the offered one in proportion to it (306)."""
        held = {holding.owner: holding.share for holding in owned.holdings if holding.share is not None}
        shares = {owner: held[owner] for owner, said in self.answers.items() if said == "accepted" and owner in held}
        whole = sum(shares.values(), Fraction(0))
        return [Claim(owner, self.share * share / whole) for owner, share in shares.items()]

    def _closed(self, on: date, owned: Ownership) -> Self:
        return replace(self, state="accepted" if self.takers(owned) else "passed", closed_on=on)
