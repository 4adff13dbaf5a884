"""The judge of the fund's books finds what is broken on purpose: one defect for each property that must hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from housing.domain.fund import interest
from housing.domain.fund.account import Entry

from .test_ledger_machine import firms, play  # noqa: F401 (the fixture is the machine's own)

TWO_PAYERS = [("enrol", 0, 0, 333_333), ("enrol", 1, 1, 1_000_050)]
PAID = [*TWO_PAYERS, ("pay", 0, 0, 0, 0), ("pay", 1, 1, 0, 0)]


def rounded_down(base, rate):
    return base * rate // 100


def without_a_floor(self, urn, kind, amount, value_on, *, month=None, note=None):
    balance = max(self.balance + amount, 0)
    entry = Entry(urn, 1, self.urn, self.lines + 1, kind, amount, balance, month, value_on, note)
    return replace(self, balance=balance, lines=entry.line), entry


def a_day_more(movements, since, until, rates, year_days):
    return interest.accrued(movements, since, until + timedelta(days=1), rates, year_days)


DEFECTS = {
    "a part is rounded down": ("housing.domain.fund.account.part", rounded_down, PAID),
    "a ledger that stops at nothing": (
        "housing.domain.fund.account.Account.moved",
        without_a_floor,
        [*PAID, ("correct", 0, -500_000)],
    ),
    "a day of interest too many": ("housing.service.fund.books.accrued", a_day_more, [*PAID, ("pass_days", 300)]),
    "interest is cut off": ("housing.domain.fund.interest.half_up", int, [*PAID, ("pass_days", 300)]),
    "closed accounts take money": (
        "housing.domain.fund.account.Account.require_live",
        lambda self: None,
        [*PAID, ("retire", 0), ("correct", 0, 5)],
    ),
    "a second payer of one account": (
        "housing.domain.fund.account.Account._require_no_employer",
        lambda self: None,
        [*PAID, ("enrol", 0, 1, 333_333)],
    ),
    "what one ledger takes over is not there": (
        "housing.service.fund.links.carry",
        None,
        [*PAID, ("merge", 0, 1)],
    ),
}


async def nothing_carried(books, target, source):
    books.write(replace(source, balance=0).closed("merged", books.today))


@pytest.mark.parametrize("defect", DEFECTS)
async def test_the_model_catches_a_planted_defect(app, registry, firms, monkeypatch, defect):  # noqa: F811 (as above)
    place, broken, commands = DEFECTS[defect]
    sessions = app.state.edge.database.sessions
    await play(registry, sessions, firms, commands)
    monkeypatch.setattr(place, broken or nothing_carried)
    with pytest.raises(AssertionError):
        await play(registry, sessions, firms, commands)
