"""Random legal and illegal commands drive the register; a small model written from the law alone judges every step.

Shares sum to one and are where the law puts them, nobody gets a title twice, consents and first refusals count as they
should, freezes take their turns. Each planted defect is found by the same machine.
"""

import random
from dataclasses import replace

import pytest
from housing.app import parts
from housing.domain import freeze as freezes
from housing.domain.offer import Offer
from housing.domain.ownership import Claim, Ownership
from hypothesis import given
from hypothesis import strategies as st
from onewindow_kit.cases.case import Case
from onewindow_kit.testing import legal_day, migrated_database, thorough

from ..conftest import MIGRATIONS
from .driver import BEGAN, Driver

pytestmark = pytest.mark.rule("domain-12", "domain-13", "domain-14", "domain-15", "domain-17", "domain-18")
OFTEN = {"sell_share": 6, "consent": 8, "grant": 5, "accept": 4, "waive": 4, "wait": 3, "sell": 2, "lift": 2}
SELDOM = ("transfer", "freeze", "decline", "withdraw", "refuse", "die", "inherit")
NAMES = (*(name for name, times in OFTEN.items() for _ in range(times)), *SELDOM)
OFFERED = (("sell_share", 1, 5, 0), ("consent", 1, 1, 0))
"""A share is sold to an outsider who agrees: what first refusal begins with, where there are other owners by shares."""
AFTER_AN_OFFER = ("accept", "accept", "accept", "waive", "wait", "wait", "grant", "sell_share", "consent", "transfer")
small = st.integers(0, 34)
commands = st.lists(st.tuples(st.sampled_from(NAMES), small, small, small), min_size=3, max_size=12)
offered = st.lists(st.tuples(st.sampled_from(AFTER_AN_OFFER), small, small, small), min_size=2, max_size=8)
sequences = st.one_of(commands, commands, offered.map(lambda rest: [*OFFERED, *rest]))


@pytest.fixture(scope="module")
async def opened(settings, identity):
    """A register of its own: what other tests left there would fall due in every sequence."""
    async with migrated_database(MIGRATIONS, "housing") as url:
        own = settings.model_copy(update={"database": url})
        async with parts(own, identity.transport) as opened:
            yield opened


async def played(opened, identity, start, sequence):
    """One sequence in one transaction that is rolled back."""
    with legal_day(BEGAN) as day_file:
        async with opened.sessions() as session:
            await session.begin()
            try:
                return await Driver(opened.registry, session, identity, day_file).play(start, sequence, 1)
            finally:
                await session.rollback()


@thorough(500)
@given(start=st.integers(0, 6), sequence=sequences)
async def test_the_register_does_what_the_law_says(opened, identity, start, sequence):
    await played(opened, identity, start, sequence)


def drawn(seed):
    """The same kind of sequences without hypothesis, for the planted defects."""
    chance = random.Random(seed)
    begun, names, length = (OFFERED, AFTER_AN_OFFER, 6) if seed % 2 else ((), NAMES, 14)
    return [*begun, *((chance.choice(names), *(chance.randrange(35) for _ in range(3))) for _ in range(length))]


async def found(opened, identity, within=150):
    """Whether the machine finds a defect."""
    for seed in range(within):
        try:
            await played(opened, identity, seed, drawn(seed))
        except AssertionError:
            return True
    return False


DEFECTS = {
    "any owner may sell all": (Ownership, "require_consent", lambda self, consents, law, acquirers=(): None),
    "co-owners are not asked": (Ownership, "needed", lambda self, consenting, law, acquirers=(): []),
    "a share sold is not taken from the seller": (
        Ownership,
        "hand_over",
        lambda self, giver, part, takers, on: (
            self if len(self.holdings) > 1 else HAND_OVER(self, giver, part, takers, on)
        ),
    ),
    "takers share alike": (
        Offer,
        "takers",
        lambda self, owned: [Claim(c.owner, self.share / len(TAKERS(self, owned))) for c in TAKERS(self, owned)],
    ),
    "an offer never closes by itself": (Offer, "passed", lambda self, on: False),
    "one word is enough for all": (Case, "awaiting", property(lambda self: 0)),
    "a freeze that waited lasts twice its term": (
        freezes,
        "_effective",
        lambda freeze, on, law: replace(freeze, place=0, since=on, until=on + (freeze.until - freeze.since) * 2),
    ),
}
HAND_OVER, TAKERS = Ownership.hand_over, Offer.takers


@pytest.mark.parametrize("defect", DEFECTS)
async def test_a_planted_defect_is_found(opened, identity, monkeypatch, defect):
    where, name, wrong = DEFECTS[defect]
    monkeypatch.setattr(where, name, wrong)
    assert await found(opened, identity)


async def test_sequences_are_mostly_legal(opened, identity):
    """A machine whose commands are all refused proves nothing."""
    sequences = [drawn(seed) for seed in range(12)]
    legal = sum([await played(opened, identity, seed, each) for seed, each in enumerate(sequences)])
    assert legal * 3 > sum(map(len, sequences))
