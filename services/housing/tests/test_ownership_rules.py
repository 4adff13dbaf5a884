"""Forms of ownership and shares: what can be agreed, handed over, inherited, and who must consent."""

from datetime import date
from fractions import Fraction

import pytest
from housing.domain.law import Law
from housing.domain.ownership import Claim, Ownership
from housing.domain.problems import (
    ConsentMissing,
    NotAnOwner,
    OwnerRepeated,
    OwnershipMismatch,
    SharesDoNotSum,
    ShareTooFine,
    SurvivorLeftOut,
)

DAY, LATER = date(2026, 1, 5), date(2026, 11, 24)
LAW = Law(
    consent_majority=Fraction(2, 3), freeze_years=3, first_refusal_days=30, objection_days=15, advance_notice_days=90
)


def agreed(*claims: tuple[str, str | None], form=None, family=False) -> Ownership:
    return Ownership.agree(
        [Claim(owner, share and Fraction(share)) for owner, share in claims], form, DAY, family=family
    )


def shares(ownership: Ownership) -> dict[str, Fraction | None]:
    return {holding.owner: holding.share for holding in ownership.holdings}


class TestWhatNobodySaid:
    def test_one_owner_is_sole(self):
        assert (agreed(("a", None)).form, shares(agreed(("a", None)))) == ("sole", {"a": 1})

    def test_a_family_owns_jointly_without_fractions(self):
        assert shares(agreed(("a", None), ("b", None), family=True)) == {"a": None, "b": None}

    def test_others_own_by_equal_shares(self):
        assert shares(agreed(("a", None), ("b", None), ("c", None))) == dict.fromkeys("abc", Fraction(1, 3))

    def test_a_family_that_states_shares_owns_by_shares(self):
        assert agreed(("a", "1/4"), ("b", "3/4"), family=True).form == "by-shares"


@pytest.mark.parametrize(
    ("claims", "form", "problem"),
    [
        ([("a", "1/2"), ("b", "1/3")], None, SharesDoNotSum),
        ([("a", "2/3"), ("b", "2/3")], None, SharesDoNotSum),
        ([("a", "1/2")], "sole", SharesDoNotSum),
        ([("a", "1/2"), ("a", "1/2")], None, OwnerRepeated),
        ([("a", "1/2"), ("b", None)], None, OwnershipMismatch),
        ([("a", "1/2"), ("b", "1/2")], "joint", OwnershipMismatch),
        ([("a", None)], "joint", OwnershipMismatch),
        ([("a", None), ("b", None)], "sole", OwnershipMismatch),
        ([], None, OwnershipMismatch),
        ([("a", "1/1000003"), ("b", "1000002/1000003")], None, ShareTooFine),
    ],
)
def test_what_cannot_be_agreed(claims, form, problem):
    with pytest.raises(problem):
        agreed(*claims, form=form)


class TestConsent:
    def test_two_thirds_of_the_shares_suffice(self):
        agreed(("a", "2/3"), ("b", "1/3")).require_consent(["a"], LAW)

    def test_less_does_not(self):
        with pytest.raises(ConsentMissing):
            agreed(("a", "65/100"), ("b", "35/100")).require_consent(["a"], LAW)

    def test_the_same_owner_twice_counts_once(self):
        with pytest.raises(ConsentMissing):
            agreed(("a", "1/2"), ("b", "1/2")).require_consent(["a", "a"], LAW)

    def test_joint_owners_must_all_consent(self):
        owned = agreed(("a", None), ("b", None), family=True)
        owned.require_consent(["a", "b"], LAW)
        with pytest.raises(ConsentMissing):
            owned.require_consent(["a"], LAW)

    def test_a_stranger_has_no_say(self):
        with pytest.raises(NotAnOwner):
            agreed(("a", None)).require_consent(["a", "x"], LAW)


class TestHandingOver:
    def test_a_part_of_a_share_and_the_older_day_stays(self):
        owned = agreed(("a", "1/2"), ("b", "1/2")).hand_over("a", Fraction(1, 6), [Claim("b"), Claim("c")], LATER)
        assert shares(owned) == {"a": Fraction(1, 3), "b": Fraction(7, 12), "c": Fraction(1, 12)}
        assert {holding.owner: holding.since for holding in owned.holdings} == {"a": DAY, "b": DAY, "c": LATER}

    def test_the_last_other_share_makes_a_sole_owner(self):
        owned = agreed(("a", "1/2"), ("b", "1/2")).hand_over("a", None, [Claim("b")], LATER)
        assert (owned.form, shares(owned)) == ("sole", {"b": 1})

    @pytest.mark.parametrize(
        ("giver", "part", "takers", "problem"),
        [
            ("a", "2/3", [Claim("c")], SharesDoNotSum),
            ("a", "1/2", [Claim("c", Fraction(1, 3))], SharesDoNotSum),
            ("x", "1/2", [Claim("c")], NotAnOwner),
            ("a", "1/2", [Claim("a")], OwnerRepeated),
            ("a", "1/2", [Claim("c"), Claim("c")], OwnerRepeated),
            ("a", "1/2", [], OwnershipMismatch),
        ],
    )
    def test_what_cannot_be_handed_over(self, giver, part, takers, problem):
        with pytest.raises(problem):
            agreed(("a", "1/2"), ("b", "1/2")).hand_over(giver, Fraction(part), takers, LATER)

    def test_a_joint_owner_has_no_share(self):
        with pytest.raises(OwnershipMismatch):
            agreed(("a", None), ("b", None), family=True).hand_over("a", None, [Claim("c")], LATER)


def test_who_stays_an_owner_keeps_the_older_day():
    owned = agreed(("a", None)).pass_on([Claim("a"), Claim("b")], "joint", LATER)
    assert {holding.owner: holding.since for holding in owned.holdings} == {"a": DAY, "b": LATER}


class TestSuccession:
    def test_heirs_of_a_sole_owner(self):
        owned = agreed(("a", None)).succeed("a", [Claim("b"), Claim("c")], None, LATER)
        assert shares(owned) == {"b": Fraction(1, 2), "c": Fraction(1, 2)}

    def test_heirs_divide_the_dead_owners_share_alone(self):
        owned = agreed(("a", "1/2"), ("b", "1/2")).succeed("a", [Claim("b"), Claim("c")], None, LATER)
        assert shares(owned) == {"b": Fraction(3, 4), "c": Fraction(1, 4)}

    def test_a_surviving_joint_owner_cannot_be_left_out(self):
        owned = agreed(("a", None), ("b", None), family=True)
        with pytest.raises(SurvivorLeftOut):
            owned.succeed("a", [Claim("c")], None, LATER)
        assert owned.succeed("a", [Claim("b")], None, LATER).form == "sole"

    def test_the_dead_inherit_nothing(self):
        with pytest.raises(OwnerRepeated):
            agreed(("a", None)).succeed("a", [Claim("a"), Claim("b")], None, LATER)
