"""64 clients ask for the same thing at once, over HTTP: one gets it, the others a documented refusal, and nothing is double."""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest
from identity.app import create
from onewindow_kit.testing import serve

CLIENTS = 64
GONGSHU = "330105"


@pytest.fixture(scope="module")
async def server(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A real server beside the other tests' application, on the same database."""
    own = settings.model_copy(update={"node": tmp_path_factory.mktemp("node")})
    async with serve(create(own, guarded=False)) as url:
        yield url


async def race(url: str, tries: list[tuple[dict[str, str], str, Any]]) -> list[tuple[int, str | None]]:
    """Each try (headers, path, body) by a client with a connection of its own, all at once: status and code."""
    start = asyncio.Barrier(len(tries))

    async def one(headers: dict[str, str], path: str, body: Any) -> tuple[int, str | None]:
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
            await start.wait()
            sent = headers | {"Idempotency-Key": uuid.uuid4().hex}
            answer = await client.post(path, json=body, headers=sent)
            return answer.status_code, answer.json().get("code")

    return await asyncio.gather(*(one(*each) for each in tries))


@pytest.mark.rule("domain-1", "domain-2")
async def test_one_arrival_ends_a_move(town: Any, office: Any, server: str) -> None:
    _, mover = await town.household()
    targets = [(await town.household(GONGSHU))[0] for _ in range(8)]
    move = await office.done("/v1/moves", {"person": mover["person"], "to_division": GONGSHU, "reason": "work"})
    certified = await office.done(f"/v1/moves/{move['urn']}/certificate", {}, version=move["version"])
    headers = office.headers | {"If-Match": f'"{certified["version"]}"'}
    path = f"/v1/moves/{move['urn']}/arrival"

    answers = await race(
        server,
        [(headers, path, {"household": targets[n % 8]["urn"], "relationship": "99"}) for n in range(CLIENTS)],
    )

    assert Counter(answers) == {(200, None): 1, (412, "version-conflict"): CLIENTS - 1}
    registered = (await town.person(mover["person"]))["registration"]["body"]["household"]
    inside = [t["urn"] for t in targets if len((await town.read(t))["members"]) == 2]
    assert inside == [registered]


@pytest.mark.rule("domain-8")
async def test_one_marriage_is_entered(town: Any, office: Any, server: str) -> None:
    """Eight men and eight women, every pair at once: everybody is married once at most."""
    men = [await town.stranger(f"郎{n}", "1", date(1988, 1, 1)) for n in range(8)]
    women = [await town.stranger(f"娘{n}", "2", date(1989, 1, 1)) for n in range(8)]

    def wedding(one: Any, other: Any) -> dict[str, Any]:
        parties = [{"person": p["person"], "role": "spouse"} for p in (one, other)]
        return {"kind": "marriage", "basis": "marriage", "parties": parties}

    one_bride = await race(server, [(office.headers, "/v1/kinships", wedding(men[0], women[0]))] * CLIENTS)
    assert Counter(one_bride) == {(201, None): 1, (409, "already-married"): CLIENTS - 1}

    pairs = [(office.headers, "/v1/kinships", wedding(man, woman)) for man in men for woman in women]
    answers = Counter(await race(server, pairs))
    assert set(answers) == {(201, None), (409, "already-married")}
    spouses = [
        [k for k in (await town.person(p["person"]))["kinships"] if k["body"]["state"] == "in-force"]
        for p in (*men, *women)
    ]
    assert all(len(held) <= 1 for held in spouses)
    assert sum(map(len, spouses)) == 2 * (1 + answers[201, None])


@pytest.mark.rule("domain-30")
async def test_one_officer_decides_a_case(town: Any, office: Any, citizen: Any, officer: Any, server: str) -> None:
    _, person = await town.household(name="赛名")
    wish = {"name": "赛新名", "reason": "本人意愿"}
    asked = await citizen(person).done("/v1/name-change-requests", wish)
    path = f"/v1/cases/{asked['urn']}/decisions"
    grounds = {"basis": "population-office.refusal", "evidence": [asked["urn"]]}
    tries = [
        (
            officer(f"officer-{n}").headers | {"If-Match": f'"{asked["version"]}"'},
            path,
            {"outcome": "granted" if n % 2 else "refused", "reason": "审核", "grounds": None if n % 2 else grounds},
        )
        for n in range(CLIENTS)
    ]
    answers = Counter(await race(server, tries))
    assert answers[200, None] == 1
    assert set(answers) == {(200, None), (412, "version-conflict")}
