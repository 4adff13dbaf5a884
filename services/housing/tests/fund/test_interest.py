"""Interest is exact to the fen, whatever moved when, and every day has the rate of that day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from housing.domain.fund.interest import RateSpan, accrued, statutory_days
from housing.domain.fund.money import half_up, shared_out
from housing.service.fund.law import FundLaw
from hypothesis import given
from hypothesis import strategies as st
from onewindow_kit.testing import legal_day, thorough

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-20")
FIRST = date(2015, 7, 1)
RATES = [
    RateSpan(date(2015, 6, 28), date(2015, 8, 26), Fraction("0.0160")),
    RateSpan(date(2015, 8, 26), date(2015, 10, 24), Fraction("0.0135")),
    RateSpan(date(2015, 10, 24), date(2016, 2, 21), Fraction("0.0110")),
    RateSpan(date(2016, 2, 21), None, Fraction("0.0150")),
]
days = st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n))
deposits = st.lists(st.tuples(days, st.integers(1, 10_000_000)), max_size=12)


def naive(movements, since, until):
    """Day by day: what was there in the evening, at that day's rate, a year of 360 days."""
    total, day = Fraction(0), since
    while day < until:
        rate = [span.rate for span in RATES if span.since <= day][-1]
        total += sum(amount for on, amount in movements if on <= day) * rate / 360
        day += timedelta(days=1)
    whole = total.numerator // total.denominator
    return whole + (total - whole >= Fraction(1, 2))


@thorough(150)
@given(deposits, days, days)
def test_a_sum_by_periods_is_the_sum_of_all_days(movements, one, other):
    since, until = min(one, other), max(one, other)
    assert accrued(movements, since, until, RATES, 360) == naive(movements, since, until)


@pytest.mark.rule("housing.fund-interest-rate")
def test_a_rate_holds_from_its_day_on():
    deposit = [(date(2016, 2, 1), 36_000_000)]  # 1 % a year is 1,000 fen a day
    assert accrued(deposit, date(2016, 2, 20), date(2016, 2, 21), RATES, 360) == 1100
    assert accrued(deposit, date(2016, 2, 21), date(2016, 2, 22), RATES, 360) == 1500
    assert accrued(deposit, date(2016, 2, 20), date(2016, 2, 22), RATES, 360) == 2600


def test_the_product_knows_the_same_rates(registry):
    law = FundLaw(registry.rules.contracts)
    assert [span for span in law.interest_rates() if span.since >= date(2015, 6, 28)] == RATES


def test_half_a_fen_counts_as_one_and_less_as_nothing():
    assert [half_up(Fraction(n, 10)) for n in (4, 5, 14, 15, 20)] == [0, 1, 1, 2, 2]


@given(st.integers(0, 10**12), st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_parts_add_up_to_the_last_fen(amount, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = shared_out(amount, shares)
    assert sum(parts) == amount
    assert all(abs(part - amount * share) < 1 for part, share in zip(parts, shares, strict=True))


@pytest.mark.rule("housing.fund-interest-day", "housing.fund-interest-year")
async def test_the_thirtieth_of_june_brings_interest_once(app, employer, employed, pay, ledger_of, account_of):
    assert statutory_days(date(2024, 6, 30), date(2026, 6, 30), "06-30") == [date(2025, 6, 30), date(2026, 6, 30)]
    with legal_day(date(2026, 4, 1)) as day:
        firm = await employer()
        person, account = await employed(firm, "2026-04-01")
        day.write_text("2026-05-01")
        await pay(firm, "2026-04", person)
        day.write_text("2026-06-29")
        await app.state.duties.once()
        assert len(await ledger_of(account["urn"])) == 1
        day.write_text("2026-06-30")
        await app.state.duties.once()
        await app.state.duties.once()
        lines = await ledger_of(account["urn"])
        # 2,400 yuan for sixty days at 1.5 % of a year of 360 days: 6 yuan.
        assert [(each["kind"], each["amount_fen"], each["value_on"]) for each in lines[1:]] == [
            ("interest", 600, "2026-06-30")
        ]
        body = (await account_of(person.pseudonym))["body"]
        assert (body["balance_fen"], body["interest_until"]) == (DUE + 600, "2026-06-30")
