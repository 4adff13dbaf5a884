"""Tokens: what passes is what the issuer signed for this audience, now."""

import base64
import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from onewindow_kit.auth import Verifier, bearer
from onewindow_kit.decide import Access
from onewindow_kit.problems import Unauthenticated
from onewindow_kit.testing import TokenIssuer


@pytest.fixture
def issuer() -> TokenIssuer:
    return TokenIssuer()


async def test_a_token_tells_who_calls(issuer):
    verifier = issuer.verifier("housing")
    token = issuer.agency("title-registry", "gateway", "housing", sector="housing", purpose="p1")
    caller = await verifier.verify(token)
    assert (caller.kind, caller.authority, caller.sector, caller.purpose) == (
        "agency",
        "demo.title-registry",
        "housing",
        "p1",
    )
    assert verifier.known(token) is caller


@pytest.mark.rule("domain-29")
async def test_an_organisation_acts_through_a_person(issuer):
    """Its token is its own kind: what is the citizens' alone stays closed to it, and the other way round."""
    firm = "housing.1.org-" + "a" * 22
    caller = await issuer.verifier("housing").verify(issuer.representative(firm, "housing", "gateway"))
    assert (caller.kind, caller.subject, caller.actor) == ("representative", firm, "gateway")
    assert Access.parse(["citizen", "representative"]).permits(caller, "demo")
    assert not Access.parse(["citizen"]).permits(caller, "demo")
    citizen = await issuer.verifier("housing").verify(issuer.citizen("housing.1." + "a" * 22, "housing"))
    assert not Access.parse(["representative"]).permits(citizen, "demo")
    with pytest.raises(ValueError, match="unknown access rule"):
        Access.parse(["representative:someone"])


def _unsigned(claims: dict) -> str:
    def part(value: dict) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'none', 'typ': 'at+jwt'})}.{part(claims)}."


def _claims(issuer: TokenIssuer) -> dict:
    now = int(time.time())
    return {
        "iss": issuer.url,
        "sub": "x",
        "aud": ["housing"],
        "iat": now,
        "exp": now + 60,
        "jti": "1",
        "kind": "citizen",
    }


def forgeries(issuer: TokenIssuer) -> dict[str, str]:
    now = int(time.time())
    good = issuer.citizen("housing.1.a", "housing")
    head, body, signature = good.split(".")
    return {
        "nothing": "",
        "rubbish": "abc",
        "dots": "..",
        "foreign audience": issuer.citizen("housing.1.a", "transport"),
        "expired": issuer.citizen("housing.1.a", "housing", exp=now - 1),
        "from the future": issuer.citizen("housing.1.a", "housing", iat=now + 3600),
        "foreign issuer": issuer.citizen("housing.1.a", "housing", iss="http://evil.test"),
        "foreign key": TokenIssuer(issuer.url).citizen("housing.1.a", "housing"),
        "foreign key under our kid": TokenIssuer(issuer.url).token(
            "citizen", "a", "housing", header={"kid": issuer.key.kid}
        ),
        "alg none": _unsigned(_claims(issuer)),
        "symmetric": jwt.encode({"alg": "HS256", "typ": "at+jwt"}, _claims(issuer), OctKey.import_key("secret" * 8)),
        "id token": issuer.citizen("housing.1.a", "housing", header={"typ": "JWT"}),
        "unknown kind": issuer.token("emperor", "a", "housing"),
        "agency without authority": issuer.token("agency", "a", "housing"),
        "without id": issuer.citizen("housing.1.a", "housing", jti=None),
        "representative whom nobody acts for": issuer.representative("housing.1.org-" + "a" * 22, "housing", act=None),
        "expiry as text": issuer.citizen("housing.1.a", "housing", exp="9999999999"),
        "altered body": f"{head}.{body[:-2]}AA.{signature}",
        "altered signature": f"{head}.{body}.{signature[:-3]}AAA",
        "far too long": good + "a" * 10_000,
    }


@pytest.mark.parametrize("kind", forgeries(TokenIssuer()))
async def test_forged_tokens_are_all_refused_alike(issuer, kind):
    with pytest.raises(Unauthenticated) as refusal:
        await issuer.verifier("housing").verify(forgeries(issuer)[kind])
    assert refusal.value.detail == ""


async def test_a_remembered_token_expires(issuer, monkeypatch):
    verifier = issuer.verifier("housing")
    token = issuer.citizen("housing.1.a", "housing")
    await verifier.verify(token)
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthenticated):
        await verifier.verify(token)


async def test_unknown_keys_do_not_hammer_the_issuer(issuer):
    fetched = 0

    async def keys():
        nonlocal fetched
        fetched += 1
        return await issuer.keys()

    verifier = Verifier(issuer.url, "housing", keys)
    for _ in range(20):
        with pytest.raises(Unauthenticated):
            await verifier.verify(TokenIssuer(issuer.url).citizen("housing.1.a", "housing"))
    assert fetched <= 2


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer schlüssel"])
def test_only_a_bearer_header_counts(header):
    with pytest.raises(Unauthenticated):
        bearer(header)
