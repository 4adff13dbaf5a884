"""A view can be rebuilt from snapshots; an operator has records sent again and reads none of them."""

from onewindow_contracts.validation import validator


async def test_a_snapshot_brings_every_record_once(office, gateway, registered, person, loan):
    made = {}
    for _ in range(3):
        title = await registered(owner := person())
        made[title["urn"]] = title
        pledged = await office.post(f"/v1/titles/{title['urn']}/mortgages", loan(owner), version=1)
        made[pledged.json()["urn"]] = pledged.json()
    seen, cursor = {}, ""
    for record_type in ("title", "mortgage"):
        while cursor is not None:
            page = (await gateway.get(f"/v1/snapshots/{record_type}?limit=2{cursor and '&cursor=' + cursor}")).json()
            assert not seen.keys() & {each["urn"] for each in page["items"]}
            seen |= {each["urn"]: each for each in page["items"]}
            cursor = page["next"]
        cursor = ""
    assert made.items() <= seen.items()


async def test_an_operator_has_records_sent_again_but_reads_none(operator, registered, person, refused):
    title = await registered(person())
    again = await operator.post(f"/v1/records/{title['urn']}/republication")
    assert (again.status_code, again.json()) == (200, {"republished": 1})
    assert (await operator.post("/v1/snapshots/title/republication")).json()["republished"] >= 1
    refused(await operator.post("/v1/snapshots/nothing/republication"), 404, "not-found")
    refused(await operator.get(f"/v1/titles/{title['urn']}"), 403, "forbidden")
    refused(await operator.get("/v1/snapshots/title"), 403, "forbidden")


async def test_every_published_record_is_as_its_contract_says(
    office, gateway, registered, person, loan, order, registry
):
    title = await registered(owner := person())
    for path, body in (("mortgages", loan(owner)), ("freezes", order())):
        assert (await office.post(f"/v1/titles/{title['urn']}/{path}", body, version=1)).status_code == 201
    for record_type in ("title", "mortgage", "freeze"):
        valid = validator(registry.rules.contracts.record_schema(f"housing.{record_type}.v1"))
        items = (await gateway.get(f"/v1/snapshots/{record_type}?limit=200")).json()["items"]
        assert items
        for envelope in items:
            valid.validate(envelope)
