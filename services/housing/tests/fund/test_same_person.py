"""Two persons are one, or one was two: accounts, lines and loans follow, and no fen is lost or made."""

from datetime import date

import pytest
from housing.service import same_person
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import legal_day

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-7", "domain-20")
DAY = date(2026, 10, 12)


@pytest.fixture
def saver(employer, employed, pay):
    async def save(*months):
        firm = await employer()
        person, account = await employed(firm, f"{months[0]}-01")
        for month in months:
            assert (await pay(firm, month, person)).status_code == 200
        return person, account["urn"], firm

    return save


@pytest.fixture
def told(app, registry):
    """What identity tells, in a transaction of its own as the consumer does."""

    async def tell(what, *arguments):
        async with app.state.edge.database.sessions() as session, session.begin():
            await getattr(same_person, what)(session, registry, *arguments, DAY)

    return tell


@pytest.fixture
def accounts_of(fund):
    async def find(person):
        items = (await fund.post("/v1/fund-account-lookups", {"person": person})).json()["items"]
        return {each["urn"]: each["body"] for each in items}

    return find


@pytest.fixture
def seen(registry, app):
    """The records on a topic that name a person: what the person's window shows."""

    async def find(person, topic="housing.fund-entry.v1"):
        async with app.state.edge.database.sessions() as session:
            found, after = [], None
            while True:
                page = await registry.records.snapshot(session, topic, after, 1000)
                found += [envelope for envelope in page.envelopes if person.encode() in envelope]
                if (after := page.next) is None:
                    return found

    return find


async def test_of_two_ledgers_one_takes_over_the_other(saver, told, accounts_of, seen, acting, pay):
    with legal_day(DAY):
        anna, hers, her_firm = await saver("2026-08", "2026-09")
        double, other, firm = await saver("2026-09")
        left = {"person": anna.named, "left_on": "2026-10-12"}
        await acting(her_firm).post(f"/v1/fund-employers/{her_firm['urn']}/departures", left)
        await told("merged", double.pseudonym, anna.pseudonym)
        found = await accounts_of(anna.pseudonym)
        assert set(found) == {hers, other} and await accounts_of(double.pseudonym) == {}
        # Somebody pays for the one that lost its name, so that one goes on; the sealed one is closed into it.
        assert (found[other]["state"], found[other]["balance_fen"]) == ("open", 3 * DUE)
        assert (found[hers]["state"], found[hers]["closed_because"], found[hers]["balance_fen"]) == (
            "closed",
            "merged",
            0,
        )
        assert len(await seen(anna.pseudonym)) == 5 and not await seen(double.pseudonym)
        assert (await pay(firm, "2026-10", double)).status_code in (200, 409)


async def test_after_a_split_each_has_the_own_money_and_nobody_a_strangers(
    saver, told, accounts_of, seen, pay, office, refused, identity
):
    with legal_day(DAY):
        anna, hers, firm = await saver("2026-08", "2026-09")
        bert, his, _ = await saver("2026-09")
        await told("merged", bert.pseudonym, anna.pseudonym)
        assert (await accounts_of(anna.pseudonym))[hers]["balance_fen"] == 3 * DUE
        identity.people[anna.number, anna.name] = anna.pseudonym
        assert (await pay(firm, "2026-10", anna)).status_code == 200  # since the merge: may be either's
        stays, leaves = (str(Pseudonym.new("housing", 2)) for _ in range(2))
        await told("split", anna.pseudonym, stays, leaves, [bert.pseudonym])
        assert await accounts_of(anna.pseudonym) == {} and not await seen(anna.pseudonym)
        mine, others = await accounts_of(stays), await accounts_of(leaves)
        assert (set(mine), set(others)) == ({hers}, {his})
        assert (others[his]["state"], others[his]["balance_fen"]) == ("sealed", DUE), "given back"
        assert mine[hers]["balance_fen"] == 3 * DUE
        listed = (await office.get("/v1/cases?state=pending&limit=200")).json()["items"]
        [case] = [each for each in listed if any(urn in str(each["body"]["concerns"]) for urn in await _hidden(seen))]
        path = f"/v1/cases/{case['urn']}/assignments"
        concerns = case["body"]["concerns"]
        decision = {"assignments": [{"record": urn, "goes_to": "leaves"} for urn in concerns], "reason": "查明"}
        assert (await office.post(path, decision, version=case["version"])).status_code == 200
        after, his_now = await accounts_of(stays), await accounts_of(leaves)
        assert (after[hers]["balance_fen"], his_now[his]["balance_fen"]) == (2 * DUE, 2 * DUE), "October was Bert's"
        assert b'"subjects":[]' not in b"".join([*await seen(stays), *await seen(leaves)])


async def _hidden(seen):
    """URNs of lines that name nobody at the moment."""
    import json

    return [json.loads(each)["urn"] for each in await seen('"subjects":[]')]
