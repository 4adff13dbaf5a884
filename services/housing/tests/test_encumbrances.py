"""A mortgaged flat is sold, a clause and a freeze stand in the way, a paid-off mortgage is cancelled by its owner."""

from datetime import timedelta

from onewindow_kit import clock

TODAY = clock.today()


async def mortgaged(office, title, body):
    answer = await office.post(f"/v1/titles/{title['urn']}/mortgages", body, version=title["version"])
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_mortgage_follows_the_unit_to_its_buyer(office, registered, person, loan, sale):
    seller, buyer = person(), person()
    title = await registered(seller)
    mortgage = await mortgaged(office, title, loan(seller))
    assert mortgage["body"]["rank"] == 1
    assert [s["pseudonym"] for s in mortgage["subjects"]] == [seller]
    sold = await office.post(f"/v1/titles/{title['urn']}/transfer", sale(buyer, consents=[seller]), version=1)
    assert sold.headers["onewindow-version"].split(", ") == [f"{title['urn']}@2", f"{mortgage['urn']}@2"]
    followed = (await office.get(f"/v1/mortgages/{mortgage['urn']}")).json()
    assert [(s["pseudonym"], s["role"]) for s in followed["subjects"]] == [(buyer, "mortgagor")]
    assert followed["body"] == mortgage["body"]


async def test_a_no_transfer_clause_needs_the_mortgagee(office, registered, person, loan, sale, refused):
    seller = person()
    title = await registered(seller)
    mortgage = await mortgaged(office, title, loan(seller, no_transfer=True))
    path = f"/v1/titles/{title['urn']}/transfer"
    refused(await office.post(path, sale(person(), consents=[seller]), version=1), 409, "mortgagee-consent-missing")
    agreed = sale(person(), consents=[seller], mortgagee_consents=[mortgage["urn"]])
    assert (await office.post(path, agreed, version=1)).status_code == 200


async def test_mortgages_rank_in_order_of_entry_and_are_listed(office, registered, person, loan):
    owner = person()
    title = await registered(owner)
    ranks = [(await mortgaged(office, title, loan(owner)))["body"]["rank"] for _ in range(3)]
    assert ranks == [1, 2, 3]
    listed = (await office.get(f"/v1/titles/{title['urn']}/mortgages?limit=2")).json()
    rest = (await office.get(f"/v1/titles/{title['urn']}/mortgages?cursor={listed['next']}")).json()
    assert len(listed["items"]) == 2 and len(rest["items"]) == 1 and rest["next"] is None


async def test_a_freeze_blocks_until_it_is_lifted(office, registered, person, order, sale, loan, refused):
    owner = person()
    title = await registered(owner)
    base = f"/v1/titles/{title['urn']}"
    made = await office.post(f"{base}/freezes", order(), version=1)
    freeze = made.json()
    assert made.status_code == 201 and freeze["subjects"][0]["role"] == "owner"
    for path, body in (("transfer", sale(person(), consents=[owner])), ("mortgages", loan(owner))):
        refused(await office.post(f"{base}/{path}", body, version=1), 409, "frozen")
    gone = {"cause": "demolition", "legal_basis": "细则 28"}
    refused(await office.post(f"{base}/cancellation", gone, version=1), 409, "frozen")
    lifted = await office.post(f"/v1/freezes/{freeze['urn']}/lifting", {"legal_basis": "民诉法"}, version=1)
    assert lifted.json()["body"]["ended_on"] == TODAY.isoformat() and lifted.json()["change"] == "ended"
    refused(
        await office.post(f"/v1/freezes/{freeze['urn']}/lifting", {"legal_basis": "x"}, version=2), 409, "record-ended"
    )
    sold = await office.post(f"{base}/transfer", sale(person(), consents=[owner]), version=1)
    assert sold.status_code == 200
    listed = (await office.get(f"{base}/freezes")).json()["items"]
    assert [item["urn"] for item in listed] == [freeze["urn"]]
    assert (await office.get(f"/v1/freezes/{freeze['urn']}")).headers["etag"] == '"2"'


async def test_a_freeze_has_bounds(office, registered, person, order, refused):
    title = await registered(person())
    path = f"/v1/titles/{title['urn']}/freezes"
    too_long = order(until=TODAY.replace(year=TODAY.year + 3, day=28, month=12).isoformat(), since="2026-01-01")
    refused(await office.post(path, too_long, version=1), 409, "freeze-too-long")
    backwards = order(until=(TODAY - timedelta(days=1)).isoformat())
    refused(await office.post(path, backwards, version=1), 409, "dates-out-of-order")
    later = order(since=(TODAY + timedelta(days=1)).isoformat())
    refused(await office.post(path, later, version=1), 409, "date-in-future")


async def test_an_owner_cancels_a_mortgage_that_was_paid_off(office, citizen, registered, person, loan, refused):
    owner = person()
    title = await registered(owner)
    mortgage = await mortgaged(office, title, loan(owner))
    path = f"/v1/mortgages/{mortgage['urn']}/cancellation"
    number = {"release_number": "BANK-2026-0000001"}
    refused(await citizen(owner).post(path, number, version=1), 409, "release-unknown")
    declared = number | {"legal_basis": "民法典 393"}
    released = await office.post(f"/v1/mortgages/{mortgage['urn']}/release", declared, version=1)
    assert released.json()["body"]["released_on"] == TODAY.isoformat()
    assert number["release_number"] not in released.text
    refused(await office.post(f"/v1/mortgages/{mortgage['urn']}/release", declared, version=2), 409, "already-released")
    refused(await citizen(person()).post(path, number, version=2), 404, "not-found")
    refused(await citizen(owner).post(path, {"release_number": "BANK-2026-0000002"}, version=2), 409, "release-unknown")
    refused(await citizen(owner).post(path, number, version=1), 412, "version-conflict")
    done = await citizen(owner).post(path, number, version=2)
    assert done.status_code == 200 and done.json()["change"] == "ended"
    refused(await citizen(owner).post(path, number, version=3), 409, "record-ended")
    gone = {"cause": "demolition", "legal_basis": "细则 28"}
    assert (await office.post(f"/v1/titles/{title['urn']}/cancellation", gone, version=1)).status_code == 200


async def test_a_mortgage_in_force_blocks_cancellation(office, registered, person, loan, refused):
    owner = person()
    title = await registered(owner)
    await mortgaged(office, title, loan(owner))
    gone = {"cause": "demolition", "legal_basis": "细则 28"}
    refused(await office.post(f"/v1/titles/{title['urn']}/cancellation", gone, version=1), 409, "mortgaged")
