"""Nobody listens beyond the machine in the clear by oversight, and metrics are for operators."""

import httpx
import pytest
from onewindow_kit.settings import Settings
from onewindow_kit.telemetry import ops_app
from pydantic import ValidationError

TOKEN = "an-operators-token"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "city.example"])
def test_an_address_that_others_reach_needs_a_certificate_or_a_proxy(host: str, tmp_path):
    with pytest.raises(ValidationError, match="ONEWINDOW_BEHIND_PROXY"):
        Settings(host=host, ops_token=TOKEN)
    with pytest.raises(ValidationError, match="ONEWINDOW_OPS_TOKEN"):
        Settings(host=host, behind_proxy=True)
    Settings(host=host, behind_proxy=True, ops_token=TOKEN)
    served = Settings(host=host, tls_certificate=tmp_path / "c", tls_key=tmp_path / "k", ops_token=TOKEN)
    assert served.tls == {"ssl_certfile": tmp_path / "c", "ssl_keyfile": tmp_path / "k"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_alone_needs_neither(host: str):
    assert Settings(host=host).tls == {}


def test_a_certificate_without_its_key_is_refused(tmp_path):
    with pytest.raises(ValidationError, match="go together"):
        Settings(tls_certificate=tmp_path / "c")


async def test_metrics_are_for_who_shows_the_token_and_health_for_anybody():
    transport = httpx.ASGITransport(ops_app({}, TOKEN))
    async with httpx.AsyncClient(transport=transport, base_url="http://ops") as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 200
        for shown in ({}, {"Authorization": "Bearer another"}, {"Authorization": f"Basic {TOKEN}"}):
            refused = await client.get("/metrics", headers=shown)
            assert refused.status_code == 401
            assert "onewindow" not in refused.text
        told = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert told.status_code == 200
        assert "onewindow_" in told.text
