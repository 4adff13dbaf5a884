"""Bad input on every surface: each gets its documented 4xx, never a 500, and changes nothing."""

import json
import time
import uuid
from datetime import timedelta

import pytest
from onewindow_kit import clock
from onewindow_kit.testing import TokenIssuer

TITLES = "/v1/titles"
TOMORROW = (clock.today() + timedelta(days=1)).isoformat()


def changed(body: dict, path: str, value: object) -> dict:
    """``body`` with ``value`` at a dotted path."""
    copy = json.loads(json.dumps(body))
    *parents, last = path.split(".")
    inner = copy
    for parent in parents:
        inner = inner[int(parent) if parent.isdigit() else parent]
    inner[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("address", "x" * 300_000),
        ("address", ""),
        ("address", "文三路\u0000"),
        ("address", "文三路\u0007"),
        ("address", "文三路\u0085"),
        ("address", 7),
        ("address", None),
        ("unit_code", "330106001002GB00012F0000001"),
        ("unit_code", "330106001002gb00012F00000001"),
        ("unit_code", "３30106001002GB00012F00000001"),
        ("area_m2", 89.5),
        ("area_m2", "89.5"),
        ("area_m2", "-1.00"),
        ("cause", "theft"),
        ("ownership", "several"),
        ("family", "true"),
        ("price_fen", "350"),
        ("price_fen", 1.5),
        ("price_fen", True),
        ("price_fen", -1),
        ("price_fen", 2**60),
        ("effective_on", "2026-02-30"),
        ("effective_on", 1_700_006_400),
        ("effective_on", "2026-01-01T00:00:00Z"),
        ("owners", []),
        ("owners", {}),
        ("owners.0.share", "0.5"),
        ("owners.0.share", "2/4"),
        ("owners.0.share", "3/2"),
        ("owners.0.share", "0/1"),
        ("owners.0.share", 1),
        ("owners.0.name", "x" * 1_001),
        ("owners.0.name", "测\ttest"),
        ("owners.0.pseudonym", "housing.1.short"),
        ("owners.0.pseudonym", "330106199001010011"),
        ("owners.0.unknown", "field"),
        ("unknown", "field"),
        ("legal_basis", ["a", "list"]),
    ],
)
async def test_what_the_schema_forbids_is_422_and_names_the_place(office, person, first, path, value):
    owner = person()
    body = first(owner)
    answer = await office.post(TITLES, changed(body, path, value))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request"), answer.text[:300]
    places = [error["path"] for error in answer.json()["errors"]]
    assert any(path.replace(".", "/") in place for place in places), places
    assert len(answer.content) < 5_000, "a problem does not repeat what was sent"
    assert (await office.post("/v1/unit-lookups", {"unit_code": body["unit_code"]})).status_code == 404


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("unit_code", "999906001002GB00012F00000001", "division-unknown"),
        ("unit_code", "330100001002GB00012F00000001", "division-unknown"),
        ("use", "99", "use-unknown"),
        ("effective_on", "2026-01-01", "effective-on-entry"),
        ("owners.0.pseudonym", "transport.1." + "a" * 22, "foreign-pseudonym"),
        ("owners.0.share", "1/2", "shares-do-not-sum"),
        ("ownership", "joint", "ownership-mismatch"),
    ],
)
async def test_what_the_law_forbids_is_409(office, person, first, refused, path, value, code):
    owner = person()
    refused(await office.post(TITLES, changed(first(owner), path, value)), 409, code)
    assert (await office.post("/v1/title-lookups", {"owner": owner})).json()["items"] == []


RAW = {
    "not json": (b"{", "malformed-request", 400),
    "cut in the middle": (b'{"address": "hous', "malformed-request", 400),
    "lone surrogate": (b'{"address": "\\ud800"}', "malformed-request", 400),
    "GB18030": ('{"address": "文三路"}'.encode("gb18030"), "malformed-request", 400),
    "UTF-16": ('{"address": "文三路"}'.encode("utf-16"), "malformed-request", 400),
    "deep nesting": (b"[" * 5_000 + b"]" * 5_000, "malformed-request", 400),
    "not an object": (b"[]", "invalid-request", 422),
    "nothing": (b"", "invalid-request", 422),
    "oversized": (b'{"address": "' + b"x" * 1_200_000 + b'"}', "body-too-large", 413),
}


@pytest.mark.parametrize("name", RAW)
async def test_bytes_that_are_no_command(office, http, refused, name):
    content, code, status = RAW[name]
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    refused(await http.post(TITLES, content=content, headers=headers), status, code)


async def test_another_media_type_is_415(office, http, refused):
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "text/plain"}
    refused(await http.post(TITLES, content=b"{}", headers=headers), 415, "unsupported-media-type")


@pytest.mark.parametrize("key", [None, "", "short", "x" * 129, "with space 1"])
async def test_a_command_needs_a_key(office, http, first, person, refused, key):
    headers = office.headers | ({} if key is None else {"Idempotency-Key": key})
    refused(await http.post(TITLES, json=first(person()), headers=headers), 422, "invalid-request")


@pytest.mark.parametrize("etag", ['"x"', '"0"', "1", '"99999999999"', "*"])
async def test_an_etag_that_was_never_given_out(office, http, registered, person, sale, etag):
    seller = person()
    title = await registered(seller)
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "If-Match": etag}
    path = f"/v1/titles/{title['urn']}/transfer"
    answer = await http.post(path, json=sale(person(), consents=[seller]), headers=headers)
    assert answer.status_code in (412, 422)
    assert (await office.get(f"/v1/titles/{title['urn']}")).json() == title


@pytest.mark.parametrize(
    ("urn", "status"),
    [
        ("urn:onewindow:demo.title-registry:title:" + "a" * 22, 404),
        ("urn:onewindow:other.title-registry:title:" + "a" * 22, 404),
        ("urn:onewindow:demo.title-registry:title:short", 422),
        ("%00", 422),
        ("1%27%20or%201=1", 422),
    ],
)
async def test_an_unknown_urn_is_404_and_a_malformed_one_422(office, sale, person, urn, status):
    assert (await office.get(f"/v1/titles/{urn}")).status_code == status
    answer = await office.post(f"/v1/titles/{urn}/transfer", sale(person(), consents=[]), version=1)
    assert answer.status_code == status
    assert (await office.post(f"/v1/titles/{urn}/certificates")).status_code == status


async def test_a_wrong_check_digit_is_422(office, registered, person, loan, refused):
    owner = person()
    title = await registered(owner)
    bad = loan(owner, mortgagee_code="11330100247100089A")
    refused(await office.post(f"/v1/titles/{title['urn']}/mortgages", bad, version=1), 422, "invalid-request")


async def test_tokens_that_open_nothing(http, issuer, first, person, refused):
    stranger = TokenIssuer(issuer.url)
    bound = {"authority": "demo.title-registry", "sector": "housing"}
    none = issuer.agency("title-registry", "housing", sector="housing").split(".")
    tokens = {
        "of another issuer's key": stranger.agency("title-registry", "housing", sector="housing"),
        "expired": issuer.agency("title-registry", "housing", sector="housing", exp=int(time.time()) - 60),
        "for another audience": issuer.agency("title-registry", "transport", sector="housing"),
        "of another issuer": issuer.agency("title-registry", "housing", sector="housing", iss="http://elsewhere.test"),
        "of another type": issuer.token("agency", "x", "housing", header={"typ": "JWT"}, **bound),
        "unsigned": "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0." + none[1] + ".",
        "rubbish": "x.y.z",
    }
    for what, token in tokens.items():
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
        answer = await http.post(TITLES, json=first(person()), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), what
    refused(await http.post(TITLES, json=first(person())), 401, "unauthenticated")


async def test_a_good_token_of_somebody_else_is_403(http, issuer, citizen, first, person, refused):
    refused(await citizen(person()).post(TITLES, first(person())), 403, "forbidden")
    for other in ("provident-fund", "vehicle-administration"):
        token = issuer.agency(other, "housing", sector="housing")
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
        refused(await http.post(TITLES, json=first(person()), headers=headers), 403, "forbidden")


async def test_another_method_is_405_and_says_which(office, http, refused):
    answer = await http.put(TITLES, headers=office.headers)
    refused(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"
