"""Bad input on every command: each gets its documented 4xx, never a 500, and changes nothing."""

import json
import time
import uuid
from datetime import timedelta

import pytest
from onewindow_kit.clock import today
from onewindow_kit.testing import TokenIssuer

VEHICLES = "/v1/vehicles"
TOMORROW = (today() + timedelta(days=2)).isoformat()


def changed(body: dict, path: str, value: object) -> dict:
    """``body`` with ``value`` at a dotted path."""
    copy = json.loads(json.dumps(body))
    *parents, last = path.split(".")
    inner = copy
    for parent in parents:
        inner = inner[parent]
    inner[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("make", "x" * 300_000),
        ("make", ""),
        ("make", "示例\u0000牌"),
        ("make", "示例\u0007牌"),
        ("make", "示例\u0085牌"),
        ("make", 7),
        ("make", None),
        ("vin", "LSVAA49J0J2000001"),  # wrong check digit
        ("vin", "LSVAA49JIJ2000001"),
        ("vin", "lsvaa49j0j2000001"),
        ("owner", "housing.1.abcdefghijklmnopqrst22"),  # another sector's pseudonym
        ("owner", "transport.1.short"),
        ("first_registered_on", "2026-02-30"),
        ("first_registered_on", "20260201"),
        ("first_registered_on", 1_700_006_400),
        ("first_registered_on", "2026-01-01T00:00:00Z"),
        ("plate", None),
        ("plate", []),
        ("plate.number", "浙A1234"),
        ("plate.number", "浙A１２３４５"),
        ("plate.type", "99"),
        ("plate.type", 2),
        ("unknown", "field"),
        ("plate.unknown", "field"),
        ("energy", "electric"),
        ("legal_basis", ["a", "list"]),
    ],
)
async def test_what_the_schema_forbids_is_422_and_names_the_place(office, person, vehicle_body, path, value) -> None:
    owner = person()
    answer = await office.post(VEHICLES, changed(vehicle_body(owner), path, value))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    places = [error["path"] for error in answer.json()["errors"]]
    assert any(path.replace(".", "/") in place for place in places), places
    assert len(answer.content) < 5_000, "a problem does not repeat what was sent"
    assert (await office.post("/v1/vehicle-lookups", {"owner": owner})).json()["items"] == []


RAW = {
    "not json": (b"{", "malformed-request", 400),
    "cut in the middle": (b'{"owner": "transp', "malformed-request", 400),
    "lone surrogate": (b'{"owner": "\\ud800"}', "malformed-request", 400),
    "GB18030": ('{"make": "示例牌"}'.encode("gb18030"), "malformed-request", 400),
    "UTF-16": ('{"make": "示例牌"}'.encode("utf-16"), "malformed-request", 400),
    "deep nesting": (b"[" * 5_000 + b"]" * 5_000, "malformed-request", 400),
    "not an object": (b"[]", "invalid-request", 422),
    "a number": (b"12", "invalid-request", 422),
    "nothing": (b"", "invalid-request", 422),
    "oversized": (b'{"make": "' + b"x" * 1_200_000 + b'"}', "body-too-large", 413),
}


@pytest.mark.parametrize("name", RAW)
async def test_bytes_that_are_no_command(office, http, name) -> None:
    content, code, status = RAW[name]
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    answer = await http.post(VEHICLES, content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_another_media_type_is_415(office, http) -> None:
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "text/csv"}
    answer = await http.post(VEHICLES, content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


async def test_a_command_without_idempotency_key_is_refused(office, http, person, vehicle_body) -> None:
    answer = await http.post(VEHICLES, json=vehicle_body(person()), headers=office.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


def _tokens(issuer: TokenIssuer) -> dict[str, str]:
    good = issuer.agency("vehicle-administration", "transport", sector="transport")
    head, payload, signature = good.split(".")
    moment = int(time.time())
    stranger = TokenIssuer()
    return {
        "none": "",
        "rubbish": "abc.def.ghi",
        "alg none": "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0." + payload + ".",
        "another payload": f"{head}.{payload[:-4]}AAAA.{signature}",
        "no signature": f"{head}.{payload}.",
        "another key": stranger.agency("vehicle-administration", "transport", sector="transport"),
        "expired": issuer.agency("vehicle-administration", "transport", sector="transport", exp=moment - 60),
        "another audience": issuer.agency("vehicle-administration", "housing", sector="transport"),
        "another issuer": issuer.agency("vehicle-administration", "transport", sector="transport", iss="http://x.test"),
        "without expiry": issuer.agency("vehicle-administration", "transport", sector="transport", exp=None),
    }


@pytest.mark.parametrize("name", list(_tokens(TokenIssuer())))
async def test_a_token_that_is_not_for_this_service_is_401(http, issuer, person, vehicle_body, name) -> None:
    token = _tokens(issuer)[name]
    headers = {"Idempotency-Key": uuid.uuid4().hex} | ({"Authorization": f"Bearer {token}"} if token else {})
    answer = await http.post(VEHICLES, json=vehicle_body(person()), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_citizen_of_another_sector_applies_for_nothing(http, issuer, person) -> None:
    token = issuer.citizen("housing.1.abcdefghijklmnopqrst22", "transport")
    urn = "urn:onewindow:demo.vehicle-administration:vehicle:" + "a" * 22
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
    answer = await http.post("/v1/parking-permits", json={"vehicle": urn, "zone": "XH-1"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("urn", ["x", "urn:onewindow:demo.x:vehicle:short", "urn%3Aonewindow", "%00", "..%2F..%2Fetc"])
async def test_a_path_that_names_no_record_is_refused(office, urn) -> None:
    answer = await office.get(f"{VEHICLES}/{urn}")
    assert answer.status_code in (404, 422)


async def test_a_record_of_another_kind_is_not_found(office, person, licence_body) -> None:
    licence = (await office.post("/v1/driving-licences", licence_body(person()))).json()["urn"]
    assert (await office.get(f"{VEHICLES}/{licence}")).status_code == 404


@pytest.mark.parametrize("if_match", ['"0"', "3", '"x"', "*", '"99999999999999999999"'])
async def test_an_if_match_that_nobody_gave_out_is_412(
    http, office, person, licence_body, grounds, offence, if_match
) -> None:
    licence = (await office.post("/v1/driving-licences", licence_body(person()))).json()
    place = f"/v1/driving-licences/{licence['urn']}"
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "If-Match": if_match}
    wanted = grounds(**await offence(licence, "twelve-points"))
    answer = await http.post(f"{place}/retentions", json=wanted, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (412, "version-conflict")
    assert (await office.get(place)).json() == licence


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("retentions", {}),
        ("suspensions", {"until": "2199-01-01"}),
        ("revocations", {"barred_until": None}),
        ("cancellations", {"cause": "own-request"}),
    ],
)
async def test_a_decision_of_tomorrow_is_refused(office, person, licence_body, grounds, offence, path, more) -> None:
    licence = (await office.post("/v1/driving-licences", licence_body(person()))).json()
    more = more if path == "cancellations" else more | await offence(licence)
    place = f"/v1/driving-licences/{licence['urn']}"
    answer = await office.post(f"{place}/{path}", grounds(effective_on=TOMORROW, **more), version=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "date-out-of-range")
    assert (await office.get(place)).json() == licence


async def test_days_at_the_end_of_the_calendar_are_refused(office, person, licence_body, grounds, offence) -> None:
    for issued_on in ("9999-12-31", "0001-01-01"):
        answer = await office.post("/v1/driving-licences", licence_body(person(), issued_on=issued_on))
        assert (answer.status_code, answer.json()["code"]) == (409, "date-out-of-range"), issued_on
    licence = (await office.post("/v1/driving-licences", licence_body(person()))).json()
    place = f"/v1/driving-licences/{licence['urn']}"
    taken = await offence(licence)
    for until in ("9999-12-31", "0001-01-01"):
        answer = await office.post(f"{place}/suspensions", grounds(until=until, **taken), version=1)
        assert (answer.status_code, answer.json()["code"]) == (409, "term-out-of-bounds")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=1.5", "state=lost", "cursor=%00"])
async def test_a_query_against_the_contract_is_422(parking, query) -> None:
    prefix = "" if query.startswith("state") else "state=applied&"
    answer = await parking.get(f"/v1/parking-permits?{prefix}{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


@pytest.mark.parametrize("cursor", ["abc", "W10", "WyJhIiwiYiJd", "WzFd", "bnVsbA", "eyJhIjoxfQ"])
async def test_a_cursor_that_nobody_gave_out_is_400(parking, cursor) -> None:
    answer = await parking.get(f"/v1/parking-permits?state=applied&cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-cursor")
