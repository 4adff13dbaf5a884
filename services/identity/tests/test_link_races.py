"""64 clients merge the same two persons at once, in both directions: one merge happens, nobody waits for ever."""

import asyncio
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from identity.app import create
from onewindow_kit.testing import serve

CLIENTS = 64
EVIDENCE = [{"kind": "inquiry-report", "reference": "R-9"}]
pytestmark = pytest.mark.rule("domain-7")


async def race(url: str, tries: list[tuple[dict[str, str], str]]) -> list[tuple[int, str | None]]:
    """Each path is posted to by a client with a connection of its own, all at once: status and code."""
    start = asyncio.Event()

    async def one(headers: dict[str, str], path: str) -> tuple[int, str | None]:
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
            await start.wait()
            answer = await client.post(path, headers=headers | {"Idempotency-Key": uuid.uuid4().hex})
            return answer.status_code, answer.json().get("code")

    racing = [asyncio.create_task(one(*each)) for each in tries]
    await asyncio.sleep(0)
    start.set()
    return await asyncio.gather(*racing)


async def test_one_merge_of_two_persons_happens(town: Any, officer: Any, settings: Any, tmp_path: Path) -> None:
    household, _ = await town.household(name="赛合一")
    one, other = await town.member(household, name="赛合二"), await town.member(household, name="赛合三")
    paths = []
    for number in range(8):
        survivor, losing = (one, other) if number % 2 else (other, one)
        asked = {"survivor": survivor["person"], "losing": losing["person"], "grounds": "重复", "evidence": EVIDENCE}
        proposed = await officer("first").done("/v1/person-merges", asked)
        paths.append(f"/v1/link-decisions/{proposed['id']}/confirmation")
    tries = [(officer(f"second-{number}").headers, paths[number % 8]) for number in range(CLIENTS)]
    async with serve(create(settings.model_copy(update={"node": tmp_path}), guarded=False)) as url:
        answers = Counter(await race(url, tries))
    assert answers[200, None] == 1
    assert set(answers) <= {(200, None), (409, "person-merged-already"), (409, "link-decision-taken")}
    files = [await town.person(person["person"]) for person in (one, other)]
    assert files[0] == files[1]
    assert len([i for i in files[0]["identifications"] if i["body"]["state"] == "current"]) == 1
    assert len((await town.read(household))["members"]) == 2, "the head, and one person once"


async def test_one_officer_decides_one_proposal(town: Any, officer: Any, settings: Any, tmp_path: Path) -> None:
    one, other = await town.stranger(name="赛定一"), await town.stranger(name="赛定二")
    asked = {"survivor": one["person"], "losing": other["person"], "grounds": "重复", "evidence": EVIDENCE}
    proposed = await officer("first").done("/v1/person-merges", asked)
    path = f"/v1/link-decisions/{proposed['id']}"
    tries = [
        (officer(f"second-{n}").headers, f"{path}/{'confirmation' if n % 2 else 'refusal'}") for n in range(CLIENTS)
    ]
    async with serve(create(settings.model_copy(update={"node": tmp_path}), guarded=False)) as url:
        answers = Counter(await race(url, tries))
    assert answers == {(200, None): 1, (409, "link-decision-taken"): CLIENTS - 1}
