"""What stands in the way of an entry: freezes, deaths, clauses, days."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from housing.domain.freeze import Freeze
from housing.domain.law import Law
from housing.domain.mortgage import Mortgage
from housing.domain.ownership import Claim, Ownership
from housing.domain.problems import (
    DateInFuture,
    DatesOutOfOrder,
    EffectiveDayMissing,
    EffectiveOnEntry,
    FreezeTooLong,
    Frozen,
    Mortgaged,
    MortgageeConsentMissing,
    OwnerDead,
    RecordEnded,
)
from housing.domain.title import Title, effective_day

LAW = Law(
    consent_majority=Fraction(2, 3), freeze_years=3, first_refusal_days=30, objection_days=15, advance_notice_days=90
)
TODAY = date(2026, 11, 24)
FREEZE = Freeze("f", 1, "t", "a", "u", "法院", "(2026)浙01执1号", date(2026, 1, 10), date(2026, 12, 31))
MORTGAGE = Mortgage(
    urn="m",
    version=1,
    title="t",
    authority="a",
    unit_code="u",
    kind="ordinary",
    mortgagee_name="示例银行",
    mortgagee_code="913301002471000123",
    secured=100,
    debt_from=date(2026, 1, 1),
    debt_until=date(2046, 1, 1),
    no_transfer=False,
    certificate_number="1",
    rank=1,
    registered_on=date(2026, 1, 1),
)


@pytest.fixture
def title() -> Title:
    owned = Ownership.agree([Claim("a")], None, date(2020, 2, 2))
    return Title("t", 1, 1, "r", "u", "路", 100, "11", None, "1", "first", "purchase", date(2020, 2, 2), owned)


def test_a_freeze_blocks_from_its_first_to_its_last_day(title):
    frozen = replace(title, freezes=(FREEZE,))
    for day in (FREEZE.since, FREEZE.until):
        with pytest.raises(Frozen):
            frozen.require_disposable(day)
    frozen.require_disposable(date(2026, 1, 9))
    frozen.require_disposable(date(2027, 1, 1))


def test_a_lifted_freeze_blocks_no_more(title):
    replace(title, freezes=(replace(FREEZE, ended_on=TODAY),)).require_disposable(TODAY)


def test_a_mortgage_does_not_block_a_transfer(title):
    replace(title, mortgages=(MORTGAGE,)).require_transferable(TODAY, [])


def test_a_no_transfer_clause_needs_its_own_mortgagee(title):
    second = replace(MORTGAGE, urn="n", no_transfer=True)
    bound = replace(title, mortgages=(MORTGAGE, second))
    with pytest.raises(MortgageeConsentMissing):
        bound.require_transferable(TODAY, ["m"])
    bound.require_transferable(TODAY, ["n"])


def test_a_mortgage_blocks_cancellation(title):
    with pytest.raises(Mortgaged):
        replace(title, mortgages=(MORTGAGE,)).require_unencumbered(TODAY)


def test_an_owners_death_blocks_disposal_and_a_strangers_does_not(title):
    replace(title, dead={"x": TODAY}).require_disposable(TODAY)
    with pytest.raises(OwnerDead):
        replace(title, dead={"a": TODAY}).require_disposable(TODAY)


def test_an_ended_title_takes_nothing_more(title):
    with pytest.raises(RecordEnded):
        replace(title, ended_on=TODAY).require_unfrozen(TODAY)


def test_only_a_judgment_takes_effect_before_its_entry():
    assert effective_day("purchase", None, TODAY) == TODAY
    assert effective_day("judgment", date(2026, 3, 1), TODAY) == date(2026, 3, 1)
    with pytest.raises(EffectiveOnEntry):
        effective_day("purchase", date(2026, 3, 1), TODAY)
    with pytest.raises(EffectiveDayMissing):
        effective_day("judgment", None, TODAY)
    with pytest.raises(DateInFuture):
        effective_day("judgment", date(2026, 11, 25), TODAY)


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        (date(2026, 1, 10), date(2029, 1, 10), None),
        (date(2026, 1, 10), date(2029, 1, 11), FreezeTooLong),
        (date(2024, 2, 29), date(2027, 2, 28), None),
        (date(2024, 2, 29), date(2027, 3, 1), FreezeTooLong),
        (date(2026, 1, 10), date(2026, 1, 9), DatesOutOfOrder),
        (date(2026, 1, 10), date(9999, 12, 31), FreezeTooLong),
    ],
)
def test_a_freeze_lasts_at_most_three_years(since, until, problem):
    order = replace(FREEZE, since=since, until=until)
    if problem is None:
        order.require_lawful(LAW)
    else:
        with pytest.raises(problem):
            order.require_lawful(LAW)


def test_a_debt_does_not_end_before_it_begins():
    with pytest.raises(DatesOutOfOrder):
        replace(MORTGAGE, debt_until=date(2025, 12, 31))
