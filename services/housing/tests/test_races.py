"""Many clients at once: one wins, the others are told so, and the register holds together."""

import asyncio
from collections import Counter

import pytest


@pytest.fixture
def outcomes():
    return lambda answers: Counter((answer.status_code, answer.json().get("code")) for answer in answers)


async def test_one_of_64_buyers_gets_the_flat(office, registered, person, sale, outcomes):
    seller, buyers = person(), [person() for _ in range(64)]
    title = await registered(seller)
    path = f"/v1/titles/{title['urn']}/transfer"
    answers = await asyncio.gather(*(office.post(path, sale(b, consents=[seller]), version=1) for b in buyers))
    seen = outcomes(answers)
    assert seen.pop((200, None)) == 1
    assert seen == {(412, "version-conflict"): 63}
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    winner = [buyer for buyer, answer in zip(buyers, answers, strict=True) if answer.status_code == 200]
    assert now["version"] == 2 and [s["pseudonym"] for s in now["subjects"]] == winner


async def test_one_unit_is_registered_once(office, person, first, unit_code, outcomes):
    unit = unit_code()
    answers = await asyncio.gather(*(office.post("/v1/titles", first(person(), unit_code=unit)) for _ in range(32)))
    assert outcomes(answers) == {(201, None): 1, (409, "unit-already-registered"): 31}


async def test_a_freeze_and_a_sale_at_once_never_both_pass_unseen(office, registered, person, sale, order):
    """Whichever comes first decides: a sale after the freeze is refused, a freeze after the sale names the buyer."""
    for _ in range(12):
        seller, buyer = person(), person()
        title = await registered(seller)
        base = f"/v1/titles/{title['urn']}"
        sold, frozen = await asyncio.gather(
            office.post(f"{base}/transfer", sale(buyer, consents=[seller]), version=1),
            office.post(f"{base}/freezes", order(), version=1),
        )
        assert sorted([sold.status_code == 200, frozen.status_code == 201]) == [False, True], (sold.text, frozen.text)
        loser = sold if frozen.status_code == 201 else frozen
        assert (loser.status_code, loser.json()["code"]) in {(409, "frozen"), (412, "version-conflict")}


async def test_a_mortgage_is_cancelled_once(office, citizen, registered, person, loan, outcomes):
    owner = person()
    title = await registered(owner)
    mortgage = (await office.post(f"/v1/titles/{title['urn']}/mortgages", loan(owner), version=1)).json()
    number = {"release_number": "BANK-2026-0000009"}
    release = number | {"legal_basis": "民法典 393"}
    assert (await office.post(f"/v1/mortgages/{mortgage['urn']}/release", release, version=1)).status_code == 200
    path = f"/v1/mortgages/{mortgage['urn']}/cancellation"
    answers = await asyncio.gather(*(citizen(owner).post(path, number, version=2) for _ in range(16)))
    seen = outcomes(answers)
    assert seen[(200, None)] == 1 and sum(seen.values()) == 16
    assert set(seen) <= {(200, None), (412, "version-conflict"), (409, "record-ended")}


async def test_the_same_key_sixteen_times_is_one_sale(office, registered, person, sale, outcomes):
    seller = person()
    title = await registered(seller)
    path, body = f"/v1/titles/{title['urn']}/transfer", sale(person(), consents=[seller])
    answers = await asyncio.gather(*(office.post(path, body, version=1, key="one-sale-only") for _ in range(16)))
    assert outcomes(answers) == {(200, None): 16}
    assert len({answer.content for answer in answers}) == 1
