"""An owner and a bank apply for a mortgage together; once it is paid the owner has it cancelled alone."""

import pytest

pytestmark = pytest.mark.rule("domain-14", "domain-18", "domain-29")

TERMS = {
    "kind": "ordinary",
    "mortgagee_code": "11330100247100089J",
    "secured_fen": 200_000_000,
    "debt_from": "2026-01-01",
    "debt_until": "2046-01-01",
    "no_transfer": False,
}


@pytest.fixture
def borrowed(citizen, firm, identity, registered, person, organisation, decide):
    """A mortgage that owner and bank applied for; owner, bank, title, and the mortgage's URN."""

    async def borrowed(**other):
        owner, bank = person(), organisation()
        title = await registered(owner)
        body = TERMS | {"mortgagee": identity.introduced(bank, "示例银行股份有限公司")} | other
        made = await citizen(owner).post(f"/v1/titles/{title['urn']}/mortgage-applications", body)
        assert made.status_code == 201, made.text
        assert (await firm(bank).post(f"/v1/cases/{made.json()['urn']}/consents")).status_code == 200
        decided = await decide(made.json())
        assert decided.status_code == 200, decided.text
        return owner, bank, title, decided.json()["body"]["results"][0]

    return borrowed


async def test_owner_and_bank_apply_and_both_see_it(office, borrowed):
    owner, bank, _, urn = await borrowed()
    mortgage = (await office.get(f"/v1/mortgages/{urn}")).json()
    assert [(s["pseudonym"], s["role"]) for s in mortgage["subjects"]] == [(owner, "mortgagor"), (bank, "mortgagee")]
    assert mortgage["body"]["mortgagee_name"] == "示例银行股份有限公司" and mortgage["body"]["rank"] == 1


async def test_the_creditor_is_an_organisation_and_the_term_has_an_order(
    citizen, identity, registered, person, organisation, refused
):
    owner = person()
    path = f"/v1/titles/{(await registered(owner))['urn']}/mortgage-applications"
    private = TERMS | {"mortgagee": identity.introduced(person())}
    refused(await citizen(owner).post(path, private), 409, "organisation-required")
    backwards = TERMS | {"mortgagee": identity.introduced(organisation()), "debt_until": "2025-01-01"}
    refused(await citizen(owner).post(path, backwards), 409, "dates-out-of-order")


async def test_a_clause_asks_the_creditor_who_then_agrees_to_the_sale(
    citizen, firm, identity, borrowed, person, decide, refused
):
    owner, bank, title, _ = await borrowed(no_transfer=True)
    buyer = person()
    body = {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer)}]}
    case = (await citizen(owner).post(f"/v1/titles/{title['urn']}/transfer-applications", body)).json()
    assert bank in {s["pseudonym"] for s in case["subjects"]}
    for caller in (citizen(buyer), firm(bank)):
        assert (await caller.post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).json()["body"]["state"] == "granted"


async def test_a_paid_off_mortgage_is_cancelled_at_once(office, citizen, borrowed, person, refused):
    owner, _, _, urn = await borrowed()
    number = {"release_number": "BANK-2026-0000123"}
    path = f"/v1/mortgages/{urn}/payoff-applications"
    refused(await citizen(owner).post(path, number), 409, "release-unknown")
    released = await office.post(f"/v1/mortgages/{urn}/release", number | {"legal_basis": "民法典 393"}, version=1)
    assert released.status_code == 200
    refused(await citizen(owner).post(path, {"release_number": "BANK-2026-9999999"}), 409, "release-unknown")
    refused(await citizen(person()).post(path, number), 404, "not-found")
    done = (await citizen(owner).post(path, number)).json()
    assert (done["body"]["kind"], done["body"]["state"]) == ("lien-paid-off", "granted")
    assert done["body"]["decide_by"] is None and done["body"]["results"] == [urn]
    assert (await office.get(f"/v1/mortgages/{urn}")).json()["change"] == "ended"
    refused(await citizen(owner).post(path, number), 409, "record-ended")
