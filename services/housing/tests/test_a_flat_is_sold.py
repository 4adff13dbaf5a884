"""A flat is registered, sold whole and in shares, agreed upon anew, and given up."""

from datetime import timedelta

from onewindow_kit import clock

TODAY = clock.today()


def parts(title):
    return {subject["pseudonym"]: subject["part"] for subject in title["subjects"]}


async def test_first_registration_answers_the_record_as_published(office, registered, person):
    buyer = person()
    title = await registered(buyer, price_fen=350_000_000)
    read = await office.get(f"/v1/titles/{title['urn']}")
    assert read.json() == title
    assert read.headers["etag"] == '"1"'
    assert title["version"] == 1 and title["change"] == "created" and title["effective_on"] == TODAY.isoformat()
    assert parts(title) == {buyer: "1/1"}
    assert title["body"]["entry"] == "first" and title["body"]["price_fen"] == 350_000_000
    assert "测试" not in read.text, "no name in a record"


async def test_a_unit_has_one_title_in_force(office, registered, person, refused, first):
    title = await registered(person())
    again = first(person(), unit_code=title["body"]["unit_code"])
    refused(await office.post("/v1/titles", again), 409, "unit-already-registered")


async def test_the_whole_passes_on(office, registered, person, sale):
    seller, buyer, spouse = person(), person(), person()
    title = await registered(seller)
    answer = await office.post(
        f"/v1/titles/{title['urn']}/transfer", sale(buyer, spouse, consents=[seller], family=True), version=1
    )
    sold = answer.json()
    assert answer.status_code == 200 and answer.headers["etag"] == '"2"'
    assert answer.headers["onewindow-version"] == f"{title['urn']}@2"
    assert parts(sold) == {buyer: None, spouse: None} and sold["body"]["ownership"] == "joint"
    assert sold["body"]["certificate_number"] != title["body"]["certificate_number"]
    assert (await office.get(f"/v1/titles/{title['urn']}")).json() == sold


async def test_a_stale_version_and_a_missing_one_change_nothing(office, registered, person, sale, refused):
    seller = person()
    title = await registered(seller)
    path = f"/v1/titles/{title['urn']}/transfer"
    assert (await office.post(path, sale(person(), consents=[seller]), version=1)).status_code == 200
    refused(await office.post(path, sale(person(), consents=[seller]), version=1), 412, "version-conflict")
    refused(await office.post(path, sale(person(), consents=[seller])), 428, "precondition-required")
    assert (await office.get(f"/v1/titles/{title['urn']}")).headers["etag"] == '"2"'


async def test_owners_by_shares_need_two_thirds(office, registered, person, sale, refused):
    big, small = person(), person()
    title = await registered((big, "13/20"), (small, "7/20"))
    path = f"/v1/titles/{title['urn']}/transfer"
    refused(await office.post(path, sale(person(), consents=[big]), version=1), 409, "consent-missing")
    refused(await office.post(path, sale(person(), consents=[big, person()]), version=1), 409, "not-an-owner")
    assert (await office.post(path, sale(person(), consents=[big, small]), version=1)).status_code == 200


async def test_a_share_is_sold_once_the_others_had_first_refusal(office, registered, person, named, refused):
    giver, other, buyer = person(), person(), person()
    title = await registered((giver, "1/2"), (other, "1/2"))
    path = f"/v1/titles/{title['urn']}/share-transfer"
    body = {"cause": "purchase", "giver": giver, "share": "1/6", "owners": named(buyer), "legal_basis": "民法典 305"}
    refused(await office.post(path, body, version=1), 409, "consent-missing")
    body["consented"] = True
    refused(await office.post(path, body, version=1), 409, "first-refusal-open")
    early = body | {"notified_on": (TODAY - timedelta(days=29)).isoformat()}
    refused(await office.post(path, early, version=1), 409, "first-refusal-open")
    future = body | {"notified_on": (TODAY + timedelta(days=1)).isoformat()}
    refused(await office.post(path, future, version=1), 409, "date-in-future")
    sold = await office.post(path, body | {"waivers": [other]}, version=1)
    assert parts(sold.json()) == {giver: "1/3", other: "1/2", buyer: "1/6"}
    late = {
        **body,
        "giver": other,
        "share": None,
        "owners": named(person()),
        "notified_on": (TODAY - timedelta(days=30)).isoformat(),
    }
    assert (await office.post(path, late, version=2)).status_code == 200


async def test_between_co_owners_nobody_is_asked(office, registered, person, named):
    giver, other = person(), person()
    title = await registered((giver, "1/2"), (other, "1/2"))
    body = {"cause": "purchase", "giver": giver, "owners": named(other), "consented": True, "legal_basis": "民法典 305"}
    sold = await office.post(f"/v1/titles/{title['urn']}/share-transfer", body, version=1)
    assert parts(sold.json()) == {other: "1/1"} and sold.json()["body"]["ownership"] == "sole"


async def test_joint_owners_split(office, registered, person, refused):
    one, two = person(), person()
    title = await registered(one, two, family=True)
    path = f"/v1/titles/{title['urn']}/shares"
    owners = [{"pseudonym": one, "share": "1/3"}, {"pseudonym": two, "share": "2/3"}]
    body = {"ownership": "by-shares", "owners": owners, "consents": [one], "legal_basis": "民法典 303"}
    refused(await office.post(path, body, version=1), 409, "consent-missing")
    split = await office.post(path, body | {"consents": [one, two]}, version=1)
    assert parts(split.json()) == {one: "1/3", two: "2/3"}
    refused(await office.post(path, body | {"consents": [one, two]}, version=2), 409, "nothing-changed")


async def test_a_judgment_takes_effect_before_its_entry_and_asks_no_owner(office, registered, person, sale, refused):
    title = await registered(person())
    path = f"/v1/titles/{title['urn']}/transfer"
    judged = sale(person(), consents=[], cause="judgment", price_fen=None)
    refused(await office.post(path, judged, version=1), 409, "effective-day-missing")
    refused(
        await office.post(path, judged | {"effective_on": (TODAY + timedelta(days=1)).isoformat()}, version=1),
        409,
        "date-in-future",
    )
    done = (await office.post(path, judged | {"effective_on": "2026-03-01"}, version=1)).json()
    assert done["effective_on"] == "2026-03-01" < done["recorded_at"]
    assert done["subjects"][0]["from"] == "2026-03-01" and done["body"]["registered_on"] == TODAY.isoformat()
    bought = sale(person(), consents=[done["subjects"][0]["pseudonym"]], effective_on="2026-03-01")
    refused(await office.post(path, bought, version=2), 409, "effective-on-entry")


async def test_variation_and_correction_are_different_changes(office, registered, person, refused):
    owner = person()
    title = await registered(owner)
    base = f"/v1/titles/{title['urn']}"
    varied = (await office.post(f"{base}/variation", {"area_m2": "90.00", "legal_basis": "细则 26"}, version=1)).json()
    assert (varied["change"], varied["body"]["entry"], varied["body"]["area_m2"]) == ("varied", "variation", "90.00")
    right = {"address": "文三路 1 号 2 幢 302 室", "legal_basis": "细则 79"}
    corrected = (await office.post(f"{base}/correction", right, version=2)).json()
    assert (corrected["change"], corrected["body"]["address"]) == ("corrected", right["address"])
    assert corrected["body"]["area_m2"] == "90.00" and corrected["subjects"] == title["subjects"]
    refused(await office.post(f"{base}/correction", right, version=3), 409, "nothing-changed")
    refused(await office.post(f"{base}/variation", {"use": "99", "legal_basis": "x"}, version=3), 409, "use-unknown")


async def test_a_cancelled_title_is_over_and_its_unit_free(office, registered, person, first, sale, refused):
    owner = person()
    title = await registered(owner)
    path = f"/v1/titles/{title['urn']}"
    gone = {"cause": "abandonment", "legal_basis": "细则 28"}
    refused(await office.post(f"{path}/cancellation", gone, version=1), 409, "consent-missing")
    ended = (await office.post(f"{path}/cancellation", gone | {"consents": [owner]}, version=1)).json()
    assert ended["change"] == "ended" and ended["subjects"][0]["until"] == TODAY.isoformat()
    refused(await office.post(f"{path}/transfer", sale(person(), consents=[owner]), version=2), 409, "record-ended")
    again = first(owner, unit_code=title["body"]["unit_code"])
    assert (await office.post("/v1/titles", again)).status_code == 201


async def test_the_register_is_looked_into_for_a_purpose(office, registered, person, refused, http, issuer):
    owner = person()
    urns = sorted([(await registered(owner))["urn"] for _ in range(3)])
    seen, cursor = [], ""
    while cursor is not None:
        page = await office.post(f"/v1/title-lookups?limit=2{cursor and '&cursor=' + cursor}", {"owner": owner})
        seen += [item["urn"] for item in page.json()["items"]]
        cursor = page.json()["next"]
    assert seen == urns
    nobody = await office.post("/v1/title-lookups", {"owner": person()})
    assert nobody.json() == {"items": [], "next": None}
    unit = (await office.get(f"/v1/titles/{urns[0]}")).json()["body"]["unit_code"]
    assert (await office.post("/v1/unit-lookups", {"unit_code": unit})).json()["urn"] == urns[0]
    aimless = issuer.agency("title-registry", "housing", sector="housing")
    headers = {"Authorization": f"Bearer {aimless}"}
    refused(await http.get(f"/v1/titles/{urns[0]}", headers=headers), 403, "purpose-required")
    refused(await office.post("/v1/title-lookups?cursor=AAAA", {"owner": owner}), 400, "invalid-cursor")


async def test_a_repeated_command_gets_the_first_answer(office, registered, person, sale, refused):
    seller, buyer = person(), person()
    title = await registered(seller)
    path, body = f"/v1/titles/{title['urn']}/transfer", sale(buyer, consents=[seller])
    first = await office.post(path, body, version=1, key="sale-0000001")
    again = await office.post(path, body, version=1, key="sale-0000001")
    assert (again.status_code, again.content) == (200, first.content)
    other = await office.post(path, body | {"price_fen": 1}, version=1, key="sale-0000001")
    refused(other, 409, "idempotency-key-reused")
