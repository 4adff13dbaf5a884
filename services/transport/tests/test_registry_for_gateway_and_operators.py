"""A view can be rebuilt from snapshots; pages go on exactly where they ended."""


async def test_a_snapshot_brings_every_record_once(office, gateway, person, vehicle_body) -> None:
    made = {(await office.post("/v1/vehicles", vehicle_body(person()))).json()["urn"] for _ in range(5)}
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await gateway.get(f"/v1/snapshots/vehicle?limit=2{cursor}")).json()
        seen += [each["urn"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert made <= set(seen)
    assert len(seen) == len(set(seen))


async def test_look_ups_come_in_pages(office, person, vehicle_body) -> None:
    owner = person()
    made = sorted([(await office.post("/v1/vehicles", vehicle_body(owner))).json()["urn"] for _ in range(3)])
    first = (await office.post("/v1/vehicle-lookups?limit=2", {"owner": owner})).json()
    assert [each["urn"] for each in first["items"]] == made[:2]
    rest = (await office.post(f"/v1/vehicle-lookups?cursor={first['next']}", {"owner": owner})).json()
    assert ([each["urn"] for each in rest["items"]], rest["next"]) == (made[2:], None)
    foreign = await office.post("/v1/vehicle-lookups?cursor=bm90LW91cnM", {"owner": owner})
    assert (foreign.status_code, foreign.json()["code"]) == (400, "invalid-cursor")


async def test_an_operator_has_records_sent_again_but_reads_none(office, operator, person, vehicle_body) -> None:
    urn = (await office.post("/v1/vehicles", vehicle_body(person()))).json()["urn"]
    again = await operator.post(f"/v1/records/{urn}/republication")
    assert (again.status_code, again.json()) == (200, {"republished": 1})
    whole = await operator.post("/v1/snapshots/vehicle/republication")
    assert whole.json()["republished"] >= 1
    assert (await operator.post("/v1/snapshots/nothing/republication")).status_code == 404
    assert (await operator.get(f"/v1/vehicles/{urn}")).status_code == 403
    assert (await operator.get("/v1/snapshots/vehicle")).status_code == 403
