"""Two persons become one and part again: whatever moved before, between and after, each ends with the own money.

The judge is two sums: what each had before, and what an officer says was whose since. Where one of them is negative, the
decision is refused and nothing has changed.
"""

from datetime import date

import pytest
from housing.service import same_person
from housing.store.fund import accounts
from hypothesis import given
from hypothesis import strategies as st
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import thorough

from .test_ledger_machine import Office, firms  # noqa: F401 (the fixture is the machine's own)

pytestmark = pytest.mark.rule("domain-7", "domain-20")
amounts = st.lists(st.integers(-120, 100).filter(bool), max_size=5)


async def moved(office, who, wanted):
    """Corrections on the live account of a person, as far as it bears them; what was booked."""
    done = []
    for amount in wanted:
        try:
            async with office.session.begin_nested():
                await office.correct(who, amount)
            done.append(amount)
        except Problem:
            continue
    return done


async def balance(office, name):
    return sum(account.balance for account in await accounts.of_person(office.session, name))


async def review(office, old, stays, leaves, sides):
    """The officer assigns the contested records in the order in which the case lists them; the code of a refusal."""
    found = await office.registry.cases.listing(office.session, kind="split-review", state="pending", limit=10_000)
    [case] = [each for each in found if each.content["old"] == old] or [None]
    if case is None:
        return None, {}
    given = dict(zip(case.concerns, sides, strict=False))
    assignments = {urn: given.get(urn, "stays") for urn in case.concerns}
    try:
        async with office.session.begin_nested():
            await office.registry.cases.decide(
                office.registry,
                office.session,
                case.urn,
                case.version,
                granted=True,
                reason="查明",
                on=office.registry.today(),
                answer={"assignments": assignments},
            )
    except Problem as refusal:
        return refusal.code, assignments
    return None, assignments


@thorough(50)
@given(amounts, amounts, amounts, st.booleans(), st.lists(st.sampled_from(["stays", "leaves"]), min_size=8, max_size=8))
async def test_everybody_ends_with_the_own_money(app, registry, firms, hers, his, since, left, sides):  # noqa: F811 (as above)
    async with app.state.edge.database.sessions() as session:
        office = Office(registry, session, firms)
        for who, firm in ((0, 0), (1, 1)):
            await office.enrol(who, firm, 500_000)
        before = sum(await moved(office, 0, hers)), sum(await moved(office, 1, his))
        if left:
            await office.leave(0, 0)
        into, losing = office.people[0], office.people[1]
        await office.merge(1, 0)
        assert await balance(office, into) == sum(before)
        await moved(office, 0, since)
        total = await balance(office, into)
        stays, leaves = (str(Pseudonym.new("housing", 2)) for _ in range(2))
        await same_person.split(session, office.registry, into, stays, leaves, [losing], date(2015, 9, 14))
        assert await balance(office, into) == 0 and await balance(office, losing) == 0
        assert await balance(office, stays) + await balance(office, leaves) == total
        code, assignments = await review(office, into, stays, leaves, sides)
        whose = await _amounts(office, assignments)
        expected = [before[0] + whose["stays"], before[1] + whose["leaves"]]
        assert (code == "split-short") == (min(expected) < 0), (code, expected)
        if code is None:
            assert [await balance(office, stays), await balance(office, leaves)] == expected
        assert await balance(office, stays) + await balance(office, leaves) == total
        await session.rollback()


async def _amounts(office, assignments):
    """What the contested lines come to, by side; lines of the carrying itself are neither's."""
    from housing.service.fund.carrying import CARRIED
    from housing.store.fund.links import entries_by_urn

    whose = {"stays": 0, "leaves": 0}
    for line in await entries_by_urn(office.session, list(assignments)):
        if line.note != CARRIED:
            whose[assignments[line.urn]] += line.amount
    return whose
