"""Every door that takes a token, knocked at over a connection of its own: so each worker of a node is met."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from onewindow_local.demo.city import City, Person

DEPARTMENTS = ("identity", "housing")
"""Where the title registry's tokens are known, besides the gateway."""
TRIES = 8
"""Connections to one door at once: with two workers all of them meet the same one once in 128 times."""


@dataclass(frozen=True)
class Door:
    """One operation. ``body`` None: a read that is an operator's, which tells an office that it was let in by 403."""

    method: str
    url: str
    body: Any = None

    async def knock(self, headers: Mapping[str, str]) -> tuple[int, str]:
        """Status and problem code of one request over a new connection."""
        async with httpx.AsyncClient(timeout=20) as client:
            answer = await client.request(self.method, self.url, json=self.body, headers=headers)
        kind = answer.headers.get("content-type", "")
        return answer.status_code, answer.json().get("code", "") if "problem" in kind else ""

    async def crowd(self, headers: Any, times: int = TRIES) -> Counter[tuple[int, str]]:
        """As many at once; ``headers`` are the same for all, or made for each by a call."""
        made = [headers() if callable(headers) else headers for _ in range(times)]
        return Counter(await asyncio.gather(*(self.knock(each) for each in made)))


def looks(urls: tuple[str, ...], person: Person, purpose: str = "title-registry.transfer") -> list[Door]:
    """A look at ``person`` at each of these gateway nodes."""
    subject = {"scheme": person.scheme, "number": person.number, "name": person.name}
    asked = {"purpose": purpose, "subject": subject, "fields": ["identity.person.name"]}
    return [Door("POST", f"{url}/v1/views", asked) for url in urls]


def departments(city: City) -> list[Door]:
    return [Door("GET", f"{city.instance.url(name)}/v1/snapshots/nothing") for name in DEPARTMENTS]


def let_in(told: tuple[int, str]) -> bool:
    """Whether whoever knocked was known: what came after that is another matter."""
    return told[0] in (200, 403, 404)
