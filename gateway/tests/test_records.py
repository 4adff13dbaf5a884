"""Long series and history, page by page."""

from __future__ import annotations

from .conftest import Rig
from .world import Person, World


async def test_history_is_read_page_by_page_and_ended_records_stay(window: Rig, departments: World) -> None:
    person: Person = (await departments.born())[0]
    tokens = [await departments.owns(person, f"示例路{number}号") for number in range(5)]
    urn = tokens[0].partition("@")[0]
    tokens[0] = await departments.owns(person, "示例路0号", urn=urn, version=2, change="ended")
    mine = window.of(person["gateway"]) | {"Onewindow-Version": ",".join(tokens)}
    found, cursor = [], None
    while True:
        parameters = {"type": "housing.title", "limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = await window.client.get("/v1/me/records", params=parameters, headers=mine)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= 2
        found += page["items"]
        if (cursor := page["next"]) is None:
            break
    assert {f"{each['urn']}@{each['version']}" for each in found} == set(tokens)
    assert [each["change"] for each in found if each["urn"] == urn] == ["ended"]
    assert all(each["you"] == [{"role": "owner", "from": "2026-03-01", "until": None, "part": None}] for each in found)
    assert all("pseudonym" not in str(each) for each in found)


async def test_a_version_that_never_comes_is_unavailable_not_wrong(window: Rig, departments: World) -> None:
    person, token = await departments.born()
    future = token.partition("@")[0] + "@99"
    answer = await window.client.get(
        "/v1/me/records?type=housing.title", headers=window.of(person["gateway"]) | {"Onewindow-Version": future}
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) >= 1
