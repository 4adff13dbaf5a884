"""What sectors are told: each under its own pseudonym, and nothing that it need not know."""

from typing import Any

import httpx
import orjson
import pytest
from identity.service.real_names import HttpVerifier
from onewindow_kit.clock import today
from onewindow_kit.problems import Unavailable

TODAY = today()


async def notices(app: Any, sector: str) -> list[dict[str, Any]]:
    """All notices to a sector, opened as identity stored them."""
    found, cursor = [], None
    while True:
        async with app.state.sessions() as session:
            page = await app.state.records.snapshot(session, f"identity.notice-{sector}.v1", cursor, 500)
        found += map(orjson.loads, page.envelopes)
        if (cursor := page.next) is None:
            return found


async def test_each_sector_is_told_under_its_own_pseudonym_only(
    town: Any, office: Any, app: Any, caller: Any, current_number: Any
) -> None:
    _, person = await town.household(name="方旧")
    number = current_number(person)
    names = {}
    for sector in ("housing", "transport"):
        asked = {"scheme": "cn-id", "number": number, "name": "方旧"}
        names[sector] = (await caller("service", sector, sector).done("/v1/pseudonyms", asked))["pseudonym"]
    renamed = await office.done(
        f"/v1/persons/{person['person']}/variations", {"name": "方新", "reason": "申请"}, version=person["version"]
    )
    death = {"died_on": str(TODAY), "evidence": [{"kind": "death-certificate", "reference": "D"}]}
    await office.done(f"/v1/persons/{person['person']}/death", death, version=renamed["version"])
    for sector, name in names.items():
        mine = [n for n in await notices(app, sector) if n["subjects"][0]["pseudonym"] == name]
        assert sorted(n["body"]["kind"] for n in mine) == ["death", "name-changed"]
        text = orjson.dumps(mine).decode()
        assert number not in text
        assert person["person"] not in text
        assert not [other for other in names.values() if other != name and other in text]
        [change] = [n["body"] for n in mine if n["body"]["kind"] == "name-changed"]
        assert change.get("name") == ("方新" if sector == "housing" else None), "the title register keeps a name"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [(200, {"belongs": True}, True), (200, {"belongs": False}, False), (200, {"belongs": "yes"}, False)],
)
async def test_a_bank_networks_answer_decides(status: int, body: dict[str, Any], expected: bool) -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, json=body))
    async with httpx.AsyncClient(transport=transport) as client:
        assert await HttpVerifier("http://bank.test", client).belongs("n", "名", "62") is expected


@pytest.mark.parametrize(
    "answer", [httpx.Response(500), httpx.Response(200, text="<html>"), httpx.Response(200, json=[])]
)
async def test_a_bank_network_that_fails_is_unavailable_not_a_no(answer: httpx.Response) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _request: answer)) as client:
        with pytest.raises(Unavailable):
            await HttpVerifier("http://bank.test", client).belongs("n", "名", "62")
