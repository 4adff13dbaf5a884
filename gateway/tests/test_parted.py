"""After a split the old token ends everywhere, cleanly, and the fresh one opens the person's own window only."""

from __future__ import annotations

import pytest
from onewindow_kit.testing import eventually

from .conftest import Rig
from .world import Person, World

pytestmark = pytest.mark.rule("domain-7")


async def test_a_token_that_meant_two_persons_ends(window: Rig, departments: World) -> None:
    both, _ = await departments.born()
    token = await departments.owns(both, "两人之家")
    urn = token.partition("@")[0]
    old = window.of(both["gateway"])
    before = await window.client.get("/v1/me/view", headers=old | {"Onewindow-Version": token})
    assert before.status_code == 200 and urn in before.text

    fresh = {"order": 7, "retired": sorted(both.pseudonyms.values())}
    leaver, _ = await departments.born(Person(), **fresh)

    async def ended() -> bool:
        return (await window.client.get("/v1/me/view", headers=old)).status_code == 401

    await eventually(ended, within=10)  # by the leaver's link record alone: the stayer's own may come later
    for path in ("/v1/me/view", "/v1/me/records?type=housing.title", "/v1/me/changes?wait=0"):
        answer = await window.client.get(path, headers=old)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), path
    mine = await window.client.get("/v1/me/view", headers=window.of(leaver["gateway"]))
    assert mine.status_code == 200 and urn not in mine.text, "nobody knows yet whose it is"
    moved = await departments.publish(
        "title-registry",
        "housing.title.v1",
        [{"pseudonym": leaver["housing"], "role": "owner", "from": "2026-03-01", "until": None, "part": None}],
        await _body(window, departments),
        urn=urn,
        version=2,
        change="corrected",
    )
    seen = await window.client.get("/v1/me/view", headers=window.of(leaver["gateway"], **{"Onewindow-Version": moved}))
    assert urn in seen.text


async def _body(window: Rig, departments: World) -> dict[str, object]:
    """The body of a title, as the registry writes it."""
    person, _ = await departments.born()
    token = await departments.owns(person, "样本")
    page = await window.client.get(
        "/v1/me/records?type=housing.title", headers=window.of(person["gateway"], **{"Onewindow-Version": token})
    )
    return page.json()["items"][0]["body"]
