"""Clerks who look at more than their work asks for, at both nodes, each time over a connection of its own."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Iterable
from itertools import count
from typing import Any

import httpx
from onewindow_local.demo.city import Caller, City

from .conftest import Nodes

PURPOSE = "social-aid.means-test"
OFFICE = "demo.social-aid"
BUDGET = 40
"""Distinct people in a clock hour for one officer, as contracts/purposes says; a day's is far above."""
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Never used, for all is loopback: a client that made its own would spend longer on it than on the request."""
_names = count(1)

Subject = dict[str, str]


def everybody(city: City) -> list[Subject]:
    """The sample people, more than the budget has places."""
    known = json.loads(city.instance.people_file.read_text())
    found = [{name: each[name] for name in ("scheme", "number", "name")} for each in known if "scheme" in each]
    assert len(found) >= BUDGET + 15
    return found


class Clerk:
    """An officer whom no other test knows, of the office that reads for means tests."""

    def __init__(self, nodes: Nodes, officer: Caller, name: str) -> None:
        self.nodes, self.name, self._caller = nodes, name, officer

    @classmethod
    async def new(cls, nodes: Nodes, kind: str) -> Clerk:
        name = f"{kind}-{next(_names)}"
        return cls(nodes, await nodes.city.office("social-aid", "gateway", name), name)

    async def ask(self, subject: Subject, node: int) -> tuple[int, str]:
        """Status and problem code; whichever worker of the node takes the connection."""
        answer = await self.answer(subject, node)
        return answer.status_code, "" if answer.is_success else answer.json()["code"]

    async def answer(self, subject: Subject, node: int) -> httpx.Response:
        asked = {"purpose": PURPOSE, "subject": subject, "fields": ["identity.person.name"]}
        async with httpx.AsyncClient(auth=self._caller.client.auth, timeout=30, verify=PLAIN) as client:
            return await client.post(f"{self.nodes.urls[node]}/v1/views", json=asked)

    async def hunt(self, people: Iterable[Subject], *, at_once: int, nodes: tuple[int, ...] = (0, 1)) -> int:
        """Ask for all of them, ``at_once`` at a time, at ``nodes`` in turn; how many were shown."""
        bound, shown = asyncio.Semaphore(at_once), 0

        async def one(subject: Subject, node: int) -> None:
            nonlocal shown
            async with bound:
                status, code = await self.ask(subject, node)
                assert status == 200 or code in ("actor-budget-reached", "actor-locked"), (status, code)
                shown += status == 200

        await asyncio.gather(*(one(each, nodes[n % len(nodes)]) for n, each in enumerate(people)))
        return shown

    async def everywhere(self, subject: Subject, times: int = 8) -> set[tuple[int, str]]:
        """What every worker of both nodes says: so many connections to each."""
        return set(await asyncio.gather(*(self.ask(subject, n % 2) for n in range(2 * times))))

    async def alarms(self, kind: str) -> list[dict[str, Any]]:
        """What supervisors have been told of this clerk."""
        supervisor = await self.supervisor()
        told = await supervisor.get("/v1/alarms?limit=200")
        return [each for each in told["items"] if each["officer"] == self.name and each["kind"] == kind]

    async def lock(self) -> dict[str, Any] | None:
        supervisor = await self.supervisor()
        told = await supervisor.get("/v1/locks?in_force=true&limit=200")
        return next((each for each in told["items"] if each["officer"] == self.name), None)

    async def supervisor(self) -> Caller:
        return await self.nodes.city.office("supervision-office", "oversight", "supervisor-1")
