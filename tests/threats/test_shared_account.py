"""No account that an office's people share: a person's look has a person's name, and their token is theirs alone."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import replace

import pytest
from identity.issuer import details
from identity.issuer.assertions import Proof
from identity.issuer.clients import Clients
from identity.issuer.errors import OAuthRefusal
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.auth.claims import LOOK
from onewindow_kit.dpop import Prover
from onewindow_kit.keyring import Keyring
from onewindow_kit.testing import eventually
from onewindow_local import purposes
from onewindow_local.tokens import Refused

from .conftest import Nodes
from .doors import departments, let_in, looks

OFFICE, PURPOSE, CASE = "demo.title-registry", "title-registry.transfer", "BDC2026-000117"


async def test_no_office_gets_a_token_for_a_look_without_saying_who_looks(nodes: Nodes, monkeypatch) -> None:
    monkeypatch.setattr(purposes, "details", lambda _purpose, officer, case: (officer, case))
    for officer in (None, "", "the whole counter", "x" * 41):
        with pytest.raises(Refused) as refusal:
            await asyncio.to_thread(nodes.city.issuer.office, OFFICE, purpose=PURPOSE, case=CASE, officer=officer)
        assert "act.sub" in str(refusal.value.remedy)


async def test_a_token_without_a_person_opens_nothing_even_if_it_was_signed(nodes: Nodes) -> None:
    """Planted: an issuer that forgot to ask. The gateway decides by the purpose's own flag, and refuses by its own code."""
    person, prover = await nodes.city.adult("例共用"), Prover()
    for door in looks(nodes.urls, person):
        anonymous = _signed(nodes, prover, act=None)
        told = await door.crowd(lambda door=door, t=anonymous: prover.headers(door.method, door.url, t))
        assert set(told) == {(403, "actor-missing")}
        named = _signed(nodes, prover, act={"sub": "officer-7"})
        assert await door.knock(prover.headers(door.method, door.url, named)) == (200, "")


async def test_what_one_officer_asked_for_stands_under_that_officers_name(nodes: Nodes) -> None:
    city = nodes.city
    person = await city.adult("例留名")
    window = await city.citizen(person)
    [door, _] = looks(nodes.urls, person)
    for officer in ("officer-11", "officer-12"):
        clerk = await city.office("title-registry", "gateway", officer)
        answer = await clerk.client.post(door.url, json=door.body)
        entry = answer.headers["Onewindow-Entry"]

        async def shown(entry: str = entry) -> dict | None:
            told = await window.client.get(f"/v1/me/access-entries/{entry}")
            return told.json() if told.is_success else None

        assert json.dumps(await eventually(shown)).count(officer) >= 1


async def test_a_token_passed_to_a_colleague_opens_nothing(nodes: Nodes) -> None:
    """The key stays where it was made: who got the token alone has got nothing."""
    person = await nodes.city.adult("例传递")
    clerk = await asyncio.to_thread(nodes.city.issuer.office, OFFICE, purpose=PURPOSE, officer="officer-7")
    colleague = Prover()
    for door in (*looks(nodes.urls, person), *departments(nodes.city)):
        for headers in (
            {"Authorization": f"Bearer {clerk.token}"},
            {"Authorization": f"DPoP {clerk.token}"},
            colleague.headers(door.method, door.url, clerk.token),
        ):
            assert set(await door.crowd(headers, 3)) == {(401, "proof-invalid")}
        assert let_in(await door.knock(clerk.headers(door.method, door.url)))


def test_planted_a_purpose_that_asks_for_nobody_gives_a_token_to_nobody_in_particular(nodes: Nodes) -> None:
    """What refuses at the issuer is the purpose's flag: with it turned off the same request passes."""
    proof = Proof(Clients(nodes.city.instance.keys / "clients.json")[OFFICE], officer=None)
    asked = json.dumps([{"type": LOOK, "purpose": PURPOSE, "case": CASE}])
    with pytest.raises(OAuthRefusal, match="invalid_authorization_details"):
        details.bound(asked, proof, purposes.known())
    careless = {PURPOSE: replace(purposes.known()[PURPOSE], acting_person=False)}
    assert details.bound(asked, proof, careless).purpose == PURPOSE


def _signed(nodes: Nodes, prover: Prover, **claims: object) -> str:
    """A token as the instance's issuer signs it, with its own key, and with whatever claims."""
    instance = nodes.city.instance
    key = ECKey.import_key(Keyring.load(instance.keys / "identity.json").issuer.signing)
    moment = int(time.time())
    payload = {
        "iss": instance.url("identity"),
        "sub": OFFICE,
        "aud": ["gateway"],
        "iat": moment,
        "exp": moment + 600,
        "jti": uuid.uuid4().hex,
        "client_id": OFFICE,
        "kind": "agency",
        "authority": OFFICE,
        "sector": "housing",
        "authorization_details": [{"type": LOOK, "purpose": PURPOSE, "case": CASE}],
        "cnf": {"jkt": prover.thumbprint},
    } | claims
    kept = {name: value for name, value in payload.items() if value is not None}
    return jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": key.kid}, kept, key)
