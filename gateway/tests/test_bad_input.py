"""Bad input on every surface of the gateway: the documented refusal, never a 500, and no department hears of it."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from .conftest import Rig

APPLY = "/v1/me/commands/transport/applyForParkingPermit"
VIEWS = "/v1/views"
READS = ("/v1/me/view", "/v1/me/records?type=housing.title", "/v1/me/changes?wait=0")


def _agency(rig: Rig, **over: str) -> dict[str, str]:
    return {**rig.as_agency(**over), "Content-Type": "application/json"}


def _refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/v1/problems/{code}"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed-request"),
        (b"", 422, "invalid-request"),
        (b"[]", 422, "invalid-request"),
        (b"null", 422, "invalid-request"),
        (b'{"body": {"a": "\xff"}}', 400, "malformed-request"),
        (b'{"body": {"a": "\\ud800"}}', 400, "malformed-request"),
        (b"\xef\xbb\xbf{}", 400, "malformed-request"),
        ('{"body": {}}'.encode("utf-16"), 400, "malformed-request"),
        (b'{"body": ' + b'{"a":' * 100 + b"1" + b"}" * 100 + b"}", 400, "malformed-request"),
        (b"[" * 200_000, 400, "malformed-request"),
        (b'{"body": {}, "extra": 1}', 422, "invalid-request"),
        (b'{"body": []}', 422, "invalid-request"),
        (b'{"path": {"urn": 3}}', 422, "invalid-request"),
        (b'{"path": {"urn": "a\\u0000b"}}', 422, "invalid-request"),
        (b'{"path": {"urn": "' + b"x" * 600 + b'"}}', 422, "invalid-request"),
        (b'{"body": {"a": "' + b"x" * 1_100_000 + b'"}}', 413, "body-too-large"),
    ],
)
async def test_a_broken_command_is_refused(rig: Rig, body: bytes, status: int, code: str) -> None:
    headers = rig.as_citizen(**{"Content-Type": "application/json", "Idempotency-Key": "a-key-of-mine"})
    _refused(await rig.client.post(APPLY, content=body, headers=headers), status, code)
    assert rig.neighbours.asked == []


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"purpose": None}, 422, "invalid-request"),
        ({"purpose": "a\u0000b"}, 422, "invalid-request"),
        ({"fields": []}, 422, "invalid-request"),
        ({"fields": None}, 422, "invalid-request"),
        ({"fields": ["housing"]}, 422, "invalid-request"),
        ({"fields": ["housing.title.use"] * 201}, 422, "invalid-request"),
        ({"subject": {}}, 422, "invalid-request"),
        ({"subject": {"pseudonym": "not one"}}, 422, "invalid-request"),
        ({"subject": {"scheme": "cn-id", "number": "330102199001011234"}}, 422, "invalid-request"),
        ({"subject": {"scheme": "cn-id", "number": "1", "name": "a\u0000"}}, 422, "invalid-request"),
        ({"subject": {"scheme": "cn-id", "number": "1", "name": "x" * 1_000}}, 422, "invalid-request"),
        ({"subject": {"scheme": "cn-id", "number": "1", "name": "x", "born": "1990"}}, 422, "invalid-request"),
        ({"all": True}, 422, "invalid-request"),
    ],
)
async def test_a_broken_look_is_refused(rig: Rig, changed: dict[str, Any], status: int, code: str) -> None:
    whole = {
        "purpose": "social-aid.means-test",
        "subject": {"pseudonym": "social-aid.1." + "a" * 22},
        "fields": ["housing.title.use"],
    }
    wanted = {name: value for name, value in (whole | changed).items() if value is not None}
    answer = await rig.client.post(VIEWS, content=json.dumps(wanted), headers=_agency(rig))
    _refused(answer, status, code)
    for value in ("330102199001011234", "x" * 1_000):
        assert value not in answer.text


async def test_a_million_characters_and_another_media_type(rig: Rig) -> None:
    long = json.dumps(
        {"purpose": "p", "fields": ["a.b.c"], "subject": {"scheme": "s", "number": "1", "name": "名" * 200_000}}
    )
    answer = await rig.client.post(VIEWS, content=long.encode(), headers=_agency(rig))
    assert answer.status_code in (413, 422)
    form = _agency(rig) | {"Content-Type": "application/x-www-form-urlencoded"}
    _refused(await rig.client.post(VIEWS, content=b"a=b", headers=form), 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/me/records", 422, "invalid-request"),
        ("/v1/me/records?type=", 422, "invalid-request"),
        ("/v1/me/records?type=a%00b", 422, "invalid-request"),
        ("/v1/me/records?type=moon.rock", 400, "unknown-name"),
        ("/v1/me/records?type=housing.title&limit=0", 422, "invalid-request"),
        ("/v1/me/records?type=housing.title&limit=many", 422, "invalid-request"),
        ("/v1/me/records?type=housing.title&cursor=!", 422, "invalid-request"),
        ("/v1/me/records?type=housing.title&cursor=abcd", 400, "invalid-cursor"),
        ("/v1/me/changes?wait=-1", 422, "invalid-request"),
        ("/v1/me/changes?after=%00", 422, "invalid-request"),
        ("/v1/me/view?sections=moon", 400, "unknown-name"),
        ("/v1/me/view?sections=%00", 422, "invalid-request"),
        ("/v1/me/view?fields=a", 422, "invalid-request"),
        ("/v1/nothing", 404, "not-found"),
        ("/v1/me", 404, "not-found"),
        ("/v1/codelists/..%2f..%2fetc", 404, "not-found"),
        ("/v1/codelists/moon", 404, "not-found"),
        ("/v1/contracts/moon.v1", 404, "not-found"),
        ("/v1/problems/moon", 404, "not-found"),
        ("/v1/problems/UPPER", 422, "invalid-request"),
        ("/docs/%2e%2e%2fstyle.css", 404, None),
    ],
)
async def test_a_broken_address_is_refused(rig: Rig, path: str, status: int, code: str | None) -> None:
    answer = await rig.client.get(path, headers=rig.as_citizen(Accept="application/json"))
    if code is None:
        assert answer.status_code == status
    else:
        _refused(answer, status, code)


@pytest.mark.parametrize("header", ["nonsense", "urn:onewindow:demo.x:y:z@1", "urn@0", ",".join(["x"] * 50)])
@pytest.mark.parametrize("path", READS[:2])
async def test_a_broken_version_token_is_refused(rig: Rig, path: str, header: str) -> None:
    _refused(
        await rig.client.get(path, headers=rig.as_citizen(**{"Onewindow-Version": header})), 422, "invalid-request"
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_another_method_is_refused_and_says_which_there_are(rig: Rig, method: str) -> None:
    for path, allowed in (("/v1/me/view", "GET"), (VIEWS, "POST"), (APPLY, "POST")):
        answer = await rig.client.request(method, path, headers=rig.as_citizen())
        _refused(answer, 405, "method-not-allowed")
        assert allowed in answer.headers["allow"]


def _forged(rig: Rig, kind: str) -> str:
    issuer, moment = rig.issuer, int(time.time())
    match kind:
        case "missing":
            return ""
        case "basic":
            return "Basic YTpi"
        case "rubbish":
            return "Bearer rubbish"
        case "expired":
            return f"Bearer {rig.token(exp=moment - 1, iat=moment - 600)}"
        case "not yet":
            return f"Bearer {rig.token(iat=moment + 3600, exp=moment + 7200)}"
        case "foreign audience":
            return f"Bearer {issuer.citizen(rig.citizen, 'housing')}"
        case "foreign issuer":
            return f"Bearer {rig.token(iss='http://elsewhere.test')}"
        case "wrong type":
            return f"Bearer {issuer.citizen(rig.citizen, 'gateway', header={'typ': 'JWT'})}"
        case "no subject":
            return f"Bearer {rig.token(sub=None)}"
        case "alg none":
            head, body, _ = rig.token().split(".")
            claims = json.loads(base64.urlsafe_b64decode(head + "==")) | {"alg": "none"}
            return f"Bearer {base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b'=').decode()}.{body}."
        case "wrong signature":
            head, body, signature = rig.token().split(".")
            return f"Bearer {head}.{body}.{signature[::-1]}"
        case "other key":
            stranger = ECKey.generate_key("P-256", {"kid": issuer.key.kid})
            claims = jwt.decode(rig.token(), issuer.key).claims
            return f"Bearer {jwt.encode({'alg': 'ES256', 'typ': 'at+jwt', 'kid': issuer.key.kid}, claims, stranger)}"
        case "too long":
            return f"Bearer {'a' * 9000}"
    raise AssertionError(kind)


@pytest.mark.parametrize(
    "kind",
    [
        *("missing", "basic", "rubbish", "expired", "not yet", "foreign audience", "foreign issuer", "wrong type"),
        *("no subject", "alg none", "wrong signature", "other key", "too long"),
    ],
)
async def test_a_bad_token_opens_nothing(rig: Rig, kind: str) -> None:
    headers = {"Authorization": value} if (value := _forged(rig, kind)) else {}
    for path in READS:
        answer = await rig.client.get(path, headers=headers)
        _refused(answer, 401, "unauthenticated")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    # The credential is judged before the body is read.
    for path in (APPLY, VIEWS):
        _refused(await rig.client.post(path, content=b"{", headers=headers), 401, "unauthenticated")
    assert rig.neighbours.asked == []


async def test_the_wrong_kind_of_caller_is_forbidden(rig: Rig) -> None:
    for path in READS:
        agency = _agency(rig, method="GET", path=path.partition("?")[0])
        _refused(await rig.client.get(path, headers=agency), 403, "forbidden")
    _refused(await rig.client.post(APPLY, content=b"{", headers=_agency(rig, path=APPLY)), 403, "forbidden")
    _refused(await rig.client.post(VIEWS, content=b"{", headers=rig.as_citizen()), 403, "forbidden")
    service = {"Authorization": f"Bearer {rig.issuer.service('housing', 'gateway')}"}
    for path in READS:
        _refused(await rig.client.get(path, headers=service), 403, "forbidden")
