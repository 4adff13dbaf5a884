"""An assertion's claims are a stranger's text until each of them was looked at."""

from __future__ import annotations

import json
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.dpop import Prover

CLIENT = "demo.title-registry"
TOKEN = "http://identity.test/oauth/token"


async def asked(http: httpx.AsyncClient, keys: Path, **other: Any) -> httpx.Response:
    key = ECKey.import_key(json.loads((keys / f"{CLIENT}.json").read_text())["client"])
    soon = {"exp": int(time.time()) + 60, "jti": uuid.uuid4().hex}
    claims = {"iss": CLIENT, "sub": CLIENT, "aud": TOKEN, "act": {"sub": "officer-1"}} | soon | other
    form = {
        "grant_type": "client_credentials",
        "authorization_details": '[{"type": "urn:onewindow:look", "purpose": "title-registry.register"}]',
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"]),
    }
    return await http.post("/oauth/token", data=form, headers={"DPoP": Prover().proof("POST", TOKEN)})


@pytest.mark.parametrize(
    "claim",
    [
        {"jti": "nul\0nul\0nul"},
        {"jti": "short"},
        {"jti": "\u4e00" * 20},
        {"nbf": time.time() + 3600},
        {"nbf": "now"},
        {"act": "officer-1"},
        {"act": {}},
        {"act": {"sub": 7}},
        {"act": {"sub": "a b"}},
        {"act": {"sub": "x" * 41}},
        {"act": {"sub": "officer-1", "unit": 7}},
        {"act": {"sub": "officer-1", "unit": "a b"}},
    ],
)
async def test_an_assertion_with_a_strange_claim_gets_nothing(
    http: httpx.AsyncClient, keys: Path, claim: dict[str, Any]
) -> None:
    assert (await asked(http, keys)).status_code == 200
    answer = await asked(http, keys, **claim)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_an_office_vouches_for_the_officer_who_acts(http: httpx.AsyncClient, keys: Path, app: Any) -> None:
    acting = (await asked(http, keys, act={"sub": "officer-7"})).json()["access_token"]
    placed = (await asked(http, keys, act={"sub": "officer-7", "unit": "counter-2"})).json()["access_token"]
    verifier = app.state.edge.verifier
    who = await verifier.verify(acting)
    assert (who.actor, who.unit) == ("officer-7", None)
    assert (await verifier.verify(placed)).unit == "counter-2"
