"""The development issuer: a person chosen on a page, clients that prove themselves, and the gateway's exchange."""

import base64
import hashlib
import json
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.auth import Verifier
from onewindow_kit.dpop import Prover
from onewindow_kit.problems import Unauthenticated

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS = "urn:ietf:params:oauth:token-type:access_token"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REQUEST = {
    "response_type": "code",
    "client_id": "onewindow-cli",
    "redirect_uri": "http://127.0.0.1:53211/callback",
    "scope": "openid",
    "state": "s t+ate",
    "nonce": "n-1",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


@pytest.fixture
async def sample(town: Any, people_file: Path, current_number: Any) -> Any:
    """A sample person on the login page, and the person's file."""
    _, person = await town.household(name="样例", born=date(1979, 9, 9))
    entry = {"ref": "sample", "sentence_en": "Owns <nothing>.", "sentence_zh": "样例", "number": current_number(person)}
    people_file.write_text(json.dumps([entry | {"name": "样例"}]))
    return person


def answered(response: httpx.Response) -> dict[str, str]:
    """What the client is told by the redirect."""
    assert response.status_code == 303, response.text
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}


async def code(http: httpx.AsyncClient) -> str:
    told = answered(await http.post("/oauth/authorize", params=REQUEST, data={"ref": "sample"}))
    assert told["state"] == REQUEST["state"]
    return told["code"]


def form(code: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": REQUEST["client_id"],
        "redirect_uri": REQUEST["redirect_uri"],
        "code_verifier": VERIFIER,
    }


TOKEN = "http://identity.test/oauth/token"
LOOK = {"type": "urn:onewindow:look", "purpose": "title-registry.transfer", "case": "BDC2026-000117"}
OFFICER = {"act": {"sub": "officer-7", "unit": "counter-2"}}


def office_asks(keys: Path, prover: Prover, *, look: Any = LOOK, **claims: Any) -> dict[str, Any]:
    """Body and header of the title registry's request for a token; ``claims`` are the assertion's."""
    form = {"grant_type": "client_credentials", "authorization_details": json.dumps([look])}
    form |= assertion(keys, "demo.title-registry", **OFFICER | claims)
    return {"data": form, "headers": {"DPoP": prover.proof("POST", TOKEN)}}


def assertion(keys: Path, client: str, key_of: str | None = None, **other: Any) -> dict[str, str]:
    ring = json.loads((keys / f"{key_of or client}.json").read_text())
    key = ECKey.import_key(ring["client"])
    claims = {
        "iss": client,
        "sub": client,
        "aud": "http://identity.test/oauth/token",
        "iat": int(time.time()),
        "exp": int(time.time()) + 60,
        "jti": uuid.uuid4().hex,
    } | other
    token = jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"])
    return {"client_assertion_type": ASSERTION, "client_assertion": token}


async def test_discovery_and_keys_verify_what_was_signed(http: httpx.AsyncClient, sample: Any) -> None:
    answer = await http.get("/.well-known/openid-configuration")
    assert answer.headers["access-control-allow-origin"] == "*", "an app in a browser reads it from its own origin"
    discovery = answer.json()
    assert discovery["issuer"] == "http://identity.test"
    assert discovery["code_challenge_methods_supported"] == ["S256"]
    assert discovery["dpop_signing_alg_values_supported"] == ["ES256", "EdDSA"]
    assert discovery["authorization_details_types_supported"] == ["urn:onewindow:look"]
    keys = (await http.get(urlsplit(discovery["jwks_uri"]).path)).json()
    assert all("d" not in key for key in keys["keys"]), "no private part is shown"


async def test_a_sample_person_signs_in_and_the_token_names_the_gateways_pseudonym(
    http: httpx.AsyncClient, sample: Any, app: Any
) -> None:
    page = await http.get("/oauth/authorize", params=REQUEST)
    assert page.status_code == 200
    assert 'value="sample"' in page.text
    assert "&lt;nothing&gt;" in page.text, "what a sample says is no markup"
    assert "http" not in page.headers["content-security-policy"]
    first = await code(http)
    granted = await http.post("/oauth/token", data=form(first))
    assert granted.headers["access-control-allow-origin"] == "*", "an app in a browser reads its token"
    answer = granted.json()
    claims = await verified(app, answer["access_token"], "gateway")
    assert claims.subject.startswith("gateway.1.")
    assert (claims.kind, claims.sector, claims.client_id) == ("citizen", "gateway", "onewindow-cli")
    signing = ECKey.import_key(app.state.issuer._keys().signing)
    identity_token = jwt.decode(answer["id_token"], signing, algorithms=["ES256"]).claims
    assert (identity_token["nonce"], identity_token["aud"]) == ("n-1", "onewindow-cli")
    again = await http.post("/oauth/token", data=form(first))
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant"), "a code is good once"


async def verified(app: Any, token: str, audience: str) -> Any:
    return await Verifier("http://identity.test", audience, app.state.issuer.key_set).verify(token)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "w" * 50},
        {"code_verifier": ""},
        {"redirect_uri": "http://127.0.0.1:1/callback"},
        {"client_id": "another"},
        {"code": "unknown"},
    ],
)
async def test_a_code_serves_its_own_request_only(http: httpx.AsyncClient, sample: Any, wrong: dict[str, str]) -> None:
    body = {name: value for name, value in (form(await code(http)) | wrong).items() if value}
    answer = await http.post("/oauth/token", data=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
async def test_pkce_with_s256_is_required_and_the_client_is_told(
    http: httpx.AsyncClient, sample: Any, wrong: dict[str, str], error: str
) -> None:
    for answer in (
        await http.get("/oauth/authorize", params=REQUEST | wrong),
        await http.post("/oauth/authorize", params=REQUEST | wrong, data={"ref": "sample"}),
    ):
        assert answered(answer)["error"] == error


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "http://127.0.0.1:80@evil.example/"},
        {"redirect_uri": "http://localhost.evil.example/"},
        {"redirect_uri": "javascript:alert(1)"},
        {"client_id": "unknown"},
    ],
)
async def test_nobody_is_sent_to_an_address_that_is_not_the_clients(
    http: httpx.AsyncClient, wrong: dict[str, str]
) -> None:
    for answer in (
        await http.get("/oauth/authorize", params=REQUEST | wrong),
        await http.post("/oauth/authorize", params=REQUEST | wrong, data={"ref": "sample"}),
    ):
        assert answer.status_code == 400
        assert "location" not in answer.headers


async def test_an_offices_token_is_bound_to_key_purpose_case_and_officer(
    http: httpx.AsyncClient, keys: Path, app: Any
) -> None:
    prover = Prover()
    answer = (await http.post("/oauth/token", **office_asks(keys, prover))).json()
    assert (answer["token_type"], answer["authorization_details"]) == ("DPoP", [LOOK])
    assert answer["expires_in"] <= 600
    who = await verified(app, answer["access_token"], "housing")
    assert (who.kind, who.authority, who.sector) == ("agency", "demo.title-registry", "housing")
    assert (who.purpose, who.case, who.thumbprint) == (LOOK["purpose"], LOOK["case"], prover.thumbprint)
    assert (who.actor, who.unit) == ("officer-7", "counter-2")


async def test_an_assertion_and_a_proof_are_good_once(http: httpx.AsyncClient, keys: Path, app: Any) -> None:
    prover = Prover()
    first = office_asks(keys, prover)
    assert (await http.post("/oauth/token", **first)).status_code == 200
    again = await http.post("/oauth/token", **first | {"headers": {"DPoP": prover.proof("POST", TOKEN)}})
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    other = office_asks(keys, prover) | {"headers": first["headers"]}
    replayed = await http.post("/oauth/token", **other)
    assert (replayed.status_code, replayed.json()["error"]) == (400, "invalid_dpop_proof")
    operator = await http.post("/oauth/token", data={"grant_type": "client_credentials", **assertion(keys, "operator")})
    assert (await verified(app, operator.json()["access_token"], "identity")).kind == "operator"
    assert operator.json()["token_type"] == "Bearer"


async def test_no_office_gets_a_bearers_token(http: httpx.AsyncClient, keys: Path) -> None:
    prover = Prover()
    proofs = [
        [],
        [("DPoP", "rubbish")],
        [("DPoP", prover.proof("GET", TOKEN))],
        [("DPoP", prover.proof("POST", "http://elsewhere.test/oauth/token"))],
        [("DPoP", prover.proof("POST", TOKEN)), ("DPoP", Prover().proof("POST", TOKEN))],
    ]
    for headers in proofs:
        answer = await http.post("/oauth/token", data=office_asks(keys, prover)["data"], headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_dpop_proof"), headers


async def test_an_office_asks_for_a_purpose_of_its_own_by_somebody(http: httpx.AsyncClient, keys: Path) -> None:
    prover = Prover()
    other = LOOK | {"purpose": "social-aid.means-test"}
    strange = ({}, [], other, LOOK | {"purpose": "weather.look"}, LOOK | {"type": "x"}, LOOK | {"case": "a b"})
    asked = [office_asks(keys, prover, look=look) for look in strange]
    asked.append(office_asks(keys, prover, act=None))
    without = office_asks(keys, prover)
    del without["data"]["authorization_details"]
    for request in (*asked, without):
        answer = await http.post("/oauth/token", **request)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_authorization_details"), request["data"]


def bad_assertions(keys: Path) -> Iterator[dict[str, str]]:
    yield {}
    yield assertion(keys, "demo.title-registry", key_of="demo.social-aid")
    yield assertion(keys, "demo.title-registry", aud="http://elsewhere.test/token")
    yield assertion(keys, "demo.title-registry", exp=int(time.time()) - 60)
    yield assertion(keys, "demo.title-registry", exp=int(time.time()) + 86400)
    yield assertion(keys, "demo.title-registry", jti=None)
    yield assertion(keys, "demo.title-registry", iss="demo.social-aid")
    yield assertion(keys, "demo.nobody", key_of="demo.social-aid")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    claims = assertion(keys, "demo.title-registry")["client_assertion"].split(".")[1]
    yield {"client_assertion_type": ASSERTION, "client_assertion": f"{none}.{claims}."}
    yield {"client_assertion_type": ASSERTION, "client_assertion": "rubbish"}


async def test_who_does_not_prove_itself_gets_nothing(http: httpx.AsyncClient, keys: Path) -> None:
    for proof in bad_assertions(keys):
        answer = await http.post("/oauth/token", data={"grant_type": "client_credentials", **proof})
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), proof


async def test_only_the_gateway_exchanges_a_citizens_token_for_a_departments(
    http: httpx.AsyncClient, keys: Path, sample: Any, app: Any
) -> None:
    citizen = (await http.post("/oauth/token", data=form(await code(http)))).json()["access_token"]
    asked = {"grant_type": EXCHANGE, "subject_token": citizen, "subject_token_type": ACCESS, "audience": "housing"}
    answer = (await http.post("/oauth/token", data=asked | assertion(keys, "gateway"))).json()
    claims = await verified(app, answer["access_token"], "housing")
    assert claims.subject.startswith("housing.1.")
    assert (claims.kind, claims.sector, claims.actor) == ("citizen", "housing", "gateway")
    with pytest.raises(Unauthenticated):
        await verified(app, answer["access_token"], "gateway")
    mine = (await http.post("/oauth/token", data=asked | {"audience": "identity"} | assertion(keys, "gateway"))).json()
    assert (await verified(app, mine["access_token"], "identity")).subject == sample["person"]
    for other, error in (
        (assertion(keys, "housing"), "unauthorized_client"),
        (assertion(keys, "gateway") | {"audience": "gateway"}, "invalid_target"),
        (assertion(keys, "gateway") | {"audience": "weather"}, "invalid_target"),
        (assertion(keys, "gateway") | {"subject_token": answer["access_token"]}, "invalid_grant"),
        (assertion(keys, "gateway") | {"subject_token": "rubbish"}, "invalid_grant"),
        (assertion(keys, "gateway") | {"subject_token_type": "jwt"}, "invalid_request"),
    ):
        refused = await http.post("/oauth/token", data=asked | other)
        assert refused.json().get("error") == error, refused.text


async def test_unknown_grants_and_other_media_types_are_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/oauth/token", data={"grant_type": "password"})
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")
    assert (await http.post("/oauth/token", json={"grant_type": "password"})).status_code == 415
