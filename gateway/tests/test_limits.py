"""A client that asks too much is told when to come back; its neighbours and verified callers go on."""

from __future__ import annotations

import pytest
from gateway.limits.streams import Streams
from gateway.settings import GatewaySettings
from onewindow_kit.problems import TooManyRequests, Unavailable

from .conftest import Start

READ = "/v1/me/changes?wait=0"


async def test_one_person_at_one_client_waits_and_others_do_not(start: Start) -> None:
    async with start(rate_limit=0.5, rate_burst=3) as rig:
        mine = rig.as_citizen()
        statuses = [(await rig.client.get(READ, headers=mine)).status_code for _ in range(6)]
        # The first one verifies the token, the burst follows.
        assert statuses[:3] == [200, 200, 200]
        assert statuses[-1] == 429
        refused = await rig.client.get(READ, headers=mine)
        assert refused.json()["code"] == "rate-limited"
        assert 1 <= int(refused.headers["retry-after"]) <= 2
        # Another token of the same person at the same client shares the bucket once it is known.
        other = {"Authorization": f"Bearer {rig.issuer.citizen('gateway.1.' + 'b' * 22, 'gateway')}"}
        assert (await rig.client.get(READ, headers=other)).status_code == 200
        # The window itself is under the same limit.
        assert (await rig.client.get("/v1/me/view", headers=mine)).status_code == 429


async def test_an_address_with_bad_credentials_is_shut_out_but_a_known_token_passes(start: Start) -> None:
    async with start(failure_limit=0.1, failure_burst=3) as rig:
        known = rig.as_citizen()
        assert (await rig.client.get(READ, headers=known)).status_code == 200
        bad = {"Authorization": "Bearer rubbish"}
        statuses = [(await rig.client.get(READ, headers=bad)).status_code for _ in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        before = rig.neighbours.counts["jwks"]
        refused = await rig.client.get(READ, headers=rig.as_citizen())
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert rig.neighbours.counts["jwks"] == before
        assert (await rig.client.get(READ, headers=known)).status_code == 200


async def test_a_second_credential_is_no_way_around_the_limit(start: Start) -> None:
    async with start(rate_limit=0.5, rate_burst=3) as rig:
        good = rig.as_citizen()["Authorization"]
        assert (await rig.client.get("/v1/me/view", headers={"Authorization": good})).status_code == 200
        two = [("Authorization", "Bearer rubbish"), ("Authorization", good)]
        assert (await rig.client.get("/v1/me/view", headers=two)).status_code == 401
        statuses = [(await rig.client.get("/v1/me/view", headers=two[::-1])).status_code for _ in range(5)]
        assert statuses[-1] == 429, "what is limited is what is read with"


async def test_public_pages_are_limited_by_address(start: Start) -> None:
    async with start(rate_limit=0.5, rate_burst=2) as rig:
        statuses = [(await rig.client.get("/v1/problems")).status_code for _ in range(4)]
        assert statuses == [200, 200, 429, 429]


def test_streams_are_counted_and_given_back() -> None:
    streams = Streams(each=2, together=3)
    with streams.place("a"), streams.place("a"):
        with pytest.raises(TooManyRequests), streams.place("a"):
            pass
        with streams.place("b"), pytest.raises(Unavailable), streams.place("c"):
            pass
    with streams.place("a"):
        pass


APP = "https://app.example.org"


async def test_a_browser_of_a_listed_origin_may_ask_and_others_may_not(start: Start) -> None:
    async with start(cors_origins=APP) as rig:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,if-match,onewindow-version",
        }
        allowed = await rig.client.options("/v1/me/commands/transport/x", headers={"Origin": APP, **asked})
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == APP
        refused = await rig.client.options("/v1/me/view", headers={"Origin": "https://evil.example.org", **asked})
        assert "access-control-allow-origin" not in refused.headers
        read = await rig.client.get("/v1/me/view", headers=rig.as_citizen(Origin=APP))
        assert read.headers["access-control-allow-origin"] == APP
        exposed = read.headers["access-control-expose-headers"].lower()
        assert {"etag", "onewindow-version", "retry-after"} <= {each.strip() for each in exposed.split(",")}
        other = await rig.client.get("/v1/me/view", headers=rig.as_citizen(Origin="https://evil.example.org"))
        assert "access-control-allow-origin" not in other.headers


async def test_without_an_allow_list_no_browser_elsewhere_may_ask(start: Start) -> None:
    async with start() as rig:
        read = await rig.client.get("/v1/me/changes?wait=0", headers=rig.as_citizen(Origin=APP))
        assert read.status_code == 200
        assert "access-control-allow-origin" not in read.headers


@pytest.mark.parametrize("origins", ["*", "https://*.example.org", "app.example.org", "https://app.example.org/"])
def test_an_origin_is_exact_or_the_gateway_does_not_start(origins: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        GatewaySettings(cors_origins=origins)
