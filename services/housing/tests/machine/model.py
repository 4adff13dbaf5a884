"""The register in miniature, written from the law and nothing else: the judge of the machine beside it.

It imports nothing of the product. Persons and cases are small numbers; every command answers whether the law allows it,
and changes the model only if it does.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
MAJORITY, REFUSAL_DAYS = Fraction(2, 3), 30


@dataclass
class Case:
    kind: str
    seller: int
    buyer: int
    share: Fraction | None
    cause: str
    parties: dict[int, bool]
    respond_by: date
    state: str = "awaiting"
    takers: dict[int, Fraction] | None = None

    def settle(self) -> None:
        if self.state == "awaiting" and all(self.parties.values()):
            self.state = "pending"


@dataclass
class Offer:
    case: int
    until: date
    answers: dict[int, str]
    state: str = "open"


@dataclass
class Freeze:
    since: date
    until: date
    place: int
    over: bool = False


@dataclass
class Register:
    """``owners``: shares, None for joint owners."""

    day: date
    owners: dict[int, Fraction | None]
    dead: set[int] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    freezes: list[Freeze] = field(default_factory=list)

    @property
    def joint(self) -> bool:
        return None in self.owners.values()

    @property
    def free(self) -> bool:
        return not any(not f.over for f in self.freezes) and not self.dead & set(self.owners)

    def agreed(self, people: set[int], buyer: int) -> bool:
        """Joint owners all, owners by shares with two thirds, unless one of them is the buyer: then all too."""
        given = people & set(self.owners)
        if self.joint or len(self.owners) == 1 or buyer in self.owners:
            return given == set(self.owners)
        return sum(self.owners[p] for p in given) >= MAJORITY

    def apply_whole(self, seller: int, buyer: int, respond_by: date, order: dict[int, str]) -> bool:
        if seller not in self.owners or not self.free or buyer in self.dead or set(self.owners) == {buyer}:
            return False
        asked = {buyer} - {seller}
        agreeing = {seller, buyer} & set(self.owners)
        others = sorted(set(self.owners) - agreeing, key=lambda p: (-(self.owners[p] or 0), order[p]))
        for other in others:
            if not self.joint and self.agreed(agreeing, buyer):
                break
            asked.add(other)
            agreeing.add(other)
        self._open(Case("whole", seller, buyer, None, "purchase", dict.fromkeys(asked, False), respond_by))
        return True

    def apply_share(self, seller: int, buyer: int, part: Fraction, cause: str, respond_by: date) -> bool:
        if seller not in self.owners or not self.free or self.joint or buyer in self.dead or buyer == seller:
            return False
        share = self.owners[seller] * part
        self._open(Case("share", seller, buyer, share, cause, {buyer: False}, respond_by))
        return True

    def transfer(self, buyer: int, consents: set[int]) -> bool:
        """The office enters a sale that was signed at its counter."""
        if not self.free or buyer in self.dead or not consents <= set(self.owners) or not self.agreed(consents, buyer):
            return False
        if set(self.owners) == {buyer}:
            return False
        self.owners = {buyer: Fraction(1)}
        return True

    def consent(self, number: int, person: int) -> bool:
        case = self.cases[number]
        if person not in case.parties or case.state != "awaiting" or case.parties[person] or self.day > case.respond_by:
            return False
        case.parties[person] = True
        case.settle()
        others = set(self.owners) - {case.seller}
        sold = case.state == "pending" and case.kind == "share" and case.cause == "purchase"
        if sold and others and case.buyer not in self.owners:
            until = self.day + timedelta(days=REFUSAL_DAYS)
            self.offers.append(Offer(number, until, dict.fromkeys(others, "asked")))
        return True

    def decline(self, number: int, person: int) -> bool:
        case = self.cases[number]
        if person not in case.parties or case.state != "awaiting" or case.parties[person] or self.day > case.respond_by:
            return False
        case.state = "refused"
        return True

    def withdraw(self, number: int, person: int) -> bool:
        return person == self.cases[number].seller and self._close(number, "withdrawn")

    def refuse(self, number: int) -> bool:
        return self._close(number, "refused")

    def grant(self, number: int) -> bool:
        case = self.cases[number]
        if case.state != "pending" or not self.free:
            return False
        if case.kind == "whole":
            if (
                case.buyer in self.dead
                or not self.agreed({case.seller, *case.parties}, case.buyer)
                or set(self.owners) == {case.buyer}
            ):
                return False
            self.owners = {case.buyer: Fraction(1)}
        elif not self._hand_over(number, case):
            return False
        case.state = "granted"
        return True

    def answer(self, number: int, person: int, said: str) -> bool:
        offer = self.offers[number]
        if offer.state != "open" or self.day > offer.until or offer.answers.get(person) != "asked":
            return False
        offer.answers[person] = said
        if "asked" not in offer.answers.values():
            self._decide_offer(offer)
        return True

    def freeze(self, days: int) -> bool:
        waiting = [f for f in self.freezes if not f.over]
        self.freezes.append(Freeze(self.day, self.day + timedelta(days=days), len(waiting)))
        return True

    def lift(self, number: int) -> bool:
        freeze = self.freezes[number]
        if freeze.over:
            return False
        freeze.over = True
        self._move_up(self.day)
        return True

    def die(self, person: int) -> bool:
        self.dead.add(person)
        return True

    def inherit(self, dead: int, heir: int) -> bool:
        if dead not in self.owners or dead not in self.dead or dead == heir or any(not f.over for f in self.freezes):
            return False
        if heir in self.dead and heir not in self.owners:
            return False
        share = self.owners.pop(dead)
        if share is None:
            self.owners = dict.fromkeys({*self.owners, heir}, None)
        else:
            self.owners[heir] = (self.owners.get(heir) or Fraction(0)) + share
        self._sole()
        return True

    def wait(self, days: int) -> bool:
        """Every day between is lived through: what ends by itself has ended."""
        for _ in range(days):
            self.day += DAY
            for freeze in [f for f in self.freezes if not f.over and f.place == 0 and f.until < self.day]:
                freeze.over = True
                self._move_up(self.day)
        for case in self.cases:
            if case.state == "awaiting" and case.respond_by < self.day:
                case.state = "lapsed"
        for offer in self.offers:
            if offer.state == "open" and offer.until < self.day:
                self._decide_offer(offer)
        return True

    def _hand_over(self, number: int, case: Case) -> bool:
        takers = case.takers or {case.buyer: case.share}
        held = self.owners.get(case.seller)
        if held is None or held < case.share or self.dead & set(takers) or case.seller in takers:
            return False
        offer = next((o for o in self.offers if o.case == number), None)
        if offer is not None and offer.state == "open":
            return False
        outsiders = set(takers) - set(self.owners)
        told = set(offer.answers) if offer else set()
        if case.cause == "purchase" and outsiders and set(self.owners) - {case.seller} - told:
            return False
        for taker, share in takers.items():
            self.owners[taker] = (self.owners.get(taker) or Fraction(0)) + share
        self.owners[case.seller] = held - case.share
        self.owners = {owner: share for owner, share in self.owners.items() if share}
        return True

    def _decide_offer(self, offer: Offer) -> None:
        case = self.cases[offer.case]
        shares = {p: self.owners[p] for p, said in offer.answers.items() if said == "accepted" and self.owners.get(p)}
        if not shares:
            offer.state = "passed"
            return
        offer.state, case.state = "accepted", "refused"
        whole = sum(shares.values())
        takers = {p: case.share * share / whole for p, share in shares.items()}
        if case.seller in self.owners and (self.owners[case.seller] or 0) >= case.share:
            again = Case(
                "share", case.seller, case.buyer, case.share, "purchase", dict.fromkeys(takers, True), self.day
            )
            self._open(again)
            again.takers, again.state = takers, "pending"

    def _open(self, case: Case) -> None:
        self.cases.append(case)
        case.settle()

    def _close(self, number: int, state: str) -> bool:
        case = self.cases[number]
        if case.state not in ("awaiting", "pending"):
            return False
        case.state = state
        for offer in self.offers:
            if offer.case == number and offer.state == "open":
                offer.state = "withdrawn"
        return True

    def _move_up(self, on: date) -> None:
        waiting = sorted((f for f in self.freezes if not f.over), key=lambda f: f.place)
        for place, freeze in enumerate(waiting):
            if place == 0 and freeze.place > 0:
                freeze.since, freeze.until = on, on + (freeze.until - freeze.since)
            freeze.place = place

    def _sole(self) -> None:
        if len(self.owners) == 1:
            self.owners = dict.fromkeys(self.owners, Fraction(1))
