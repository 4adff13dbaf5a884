"""Through any sequence of transfers, splits, agreements and successions, shares sum to exactly one.

The machine applies whatever it draws, refused or not: a refusal must leave everything as it was, an acceptance must
keep the law. Consent, freeze and death are checked on the title around the ownership.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from housing.domain.freeze import Freeze
from housing.domain.law import Law
from housing.domain.ownership import Claim, Ownership
from housing.domain.problems import Frozen, OwnerDead
from housing.domain.title import Title
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from onewindow_kit.problems import Conflict

LAW = Law(
    consent_majority=Fraction(2, 3), freeze_years=3, first_refusal_days=30, objection_days=15, advance_notice_days=90
)
BEGAN = date(2026, 1, 1)
people = st.sampled_from("abcdefgh")
fractions = st.builds(Fraction, st.integers(1, 12), st.integers(1, 12))
junk = st.lists(st.builds(Claim, people, st.none() | fractions), max_size=4)


def divided(whole: Fraction | None) -> st.SearchStrategy[list[Claim]]:
    """Claims of some people that sum to ``whole``, unstated ones for None."""
    weights = st.dictionaries(people, st.integers(1, 12), min_size=1, max_size=4)
    return weights.map(lambda w: [Claim(p, whole and whole * Fraction(n, sum(w.values()))) for p, n in w.items()])


whole = st.one_of(divided(Fraction(1)), divided(None), junk)
forms = st.sampled_from(["sole", "joint", "by-shares", None, None, None])


def title_of(ownership: Ownership) -> Title:
    return Title(
        urn="urn:onewindow:demo.title-registry:title:aaaaaaaaaaaaaaaaaaaaaa",
        version=1,
        revision=1,
        authority="demo.title-registry",
        unit_code="330106001002GB00012F00000001",
        address="文三路 1 号",
        area=8950,
        use="11",
        price=None,
        certificate_number="1",
        entry="first",
        cause="purchase",
        registered_on=BEGAN,
        ownership=ownership,
    )


class Register(RuleBasedStateMachine):
    @initialize(new=whole, form=forms, family=st.booleans())
    def register(self, new, form, family):
        self.day = BEGAN
        try:
            owned = Ownership.agree(new, form, self.day, family=family)
        except Conflict:
            owned = Ownership.agree([Claim("a")], "sole", self.day)
        self.title = title_of(owned)

    def owners(self, data):
        """Some of the present owners, now and then a stranger too."""
        present = sorted(self.title.ownership.owners)
        return data.draw(st.one_of(st.just(set(present)), st.sets(st.sampled_from(present)), st.sets(people)))

    def dispose(self, change):
        """Apply ``change`` to the ownership as owners may; a block must refuse it whatever it is."""
        blocked = self.frozen or self.widowed
        before = self.title
        try:
            self.title.require_disposable(self.day)
            self.title = replace(self.title, ownership=change(self.title.ownership), version=before.version + 1)
        except (Frozen, OwnerDead):
            assert blocked
        except Conflict:
            assert self.title is before
        else:
            assert not blocked

    @property
    def frozen(self):
        return any(freeze.in_force(self.day) for freeze in self.title.freezes)

    @property
    def widowed(self):
        return bool(self.title.ownership.owners & set(self.title.dead))

    @rule(data=st.data(), new=whole, form=forms, family=st.booleans())
    def sell_whole(self, data, new, form, family):
        consents = self.owners(data)

        def change(owned):
            owned.require_consent(consents, LAW)
            given = sum((owned.of(owner).share or Fraction(0) for owner in consents), Fraction(0))
            assert consents == owned.owners or (owned.form == "by-shares" and given >= LAW.consent_majority)
            return owned.pass_on(new, form, self.day, family=family)

        self.dispose(change)

    @rule(data=st.data(), part=st.none() | st.fractions(0, 1, max_denominator=6))
    def hand_over(self, data, part):
        giver = data.draw(st.sampled_from(sorted(self.title.ownership.owners)) | people)
        held = next((h.share for h in self.title.ownership.holdings if h.owner == giver), None)
        given = held and (held if part is None else part * held)
        takers = data.draw(st.one_of(divided(given), divided(None), junk))

        def change(owned):
            after = owned.hand_over(giver, given, takers, self.day)
            left = next((h.share for h in after.holdings if h.owner == giver), Fraction(0))
            assert held is not None and left == held - given, "the giver loses what was given and no more"
            return after

        self.dispose(change)

    @rule(data=st.data(), form=st.sampled_from(["joint", "by-shares", "sole"]))
    def agree_anew(self, data, form):
        owners = sorted(self.title.ownership.owners)
        weights = [data.draw(st.integers(1, 9)) for _ in owners]
        shares = {
            o: None if form == "joint" else Fraction(n, sum(weights)) for o, n in zip(owners, weights, strict=True)
        }
        self.dispose(lambda owned: owned.vary(form, shares))

    @precondition(lambda self: len(self.title.dead) < 3)
    @rule(person=people)
    def die(self, person):
        self.title = replace(self.title, dead={**self.title.dead, person: self.day})

    @precondition(lambda self: self.widowed)
    @rule(data=st.data(), form=forms)
    def inherit(self, data, form):
        dead = data.draw(st.sampled_from(sorted(self.title.ownership.owners & set(self.title.dead))))
        survivors = [Claim(owner) for owner in sorted(self.title.ownership.owners - {dead})]
        share = self.title.ownership.of(dead).share
        heirs = data.draw(st.one_of(divided(share), divided(None).map(lambda some: survivors + some), junk))
        try:
            owned = self.title.ownership.succeed(dead, heirs, form, self.day)
        except Conflict:
            return
        assert dead not in owned.owners and {claim.owner for claim in survivors} <= owned.owners
        self.title = replace(self.title, ownership=owned)

    @precondition(lambda self: not self.title.freezes)
    @rule(days=st.integers(0, 40))
    def freeze(self, days):
        order = Freeze("f", 1, self.title.urn, "a", "u", "court", "1", self.day, self.day + timedelta(days=days))
        self.title = replace(self.title, freezes=(*self.title.freezes, order))

    @rule(days=st.integers(1, 60))
    def wait(self, days):
        self.day += timedelta(days=days)

    @invariant()
    def shares_sum_to_exactly_one(self):
        owned = getattr(self, "title", None) and self.title.ownership
        if not owned:
            return
        assert len(owned.owners) == len(owned.holdings) >= 1
        shares = [holding.share for holding in owned.holdings]
        if owned.form == "joint":
            assert shares == [None] * len(shares) and len(shares) > 1
        else:
            assert sum(shares) == 1 and all(share > 0 for share in shares)
            assert (owned.form == "sole") == (len(shares) == 1)


Register.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestRegister = Register.TestCase
