"""A case followed by its applicant: in the view, and by the events of their changes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from onewindow_local.demo.city import Citizen, Done


@dataclass
class Followed:
    """A case that ``window``'s owner opened or was asked about."""

    window: Citizen
    department: str
    urn: str
    place: str
    """Where in the changes the story begins."""

    async def seen(self, after: Done) -> dict[str, Any]:
        """The case as the window shows it, at least as new as ``after``; a closed one is found among the past."""
        await self.window.view(after=after)
        found = (await self.window.get(f"/v1/me/records?type={self.department}.case&limit=100"))["items"]
        return next(each for each in found if each["urn"] == self.urn)["body"]

    async def state(self, after: Done) -> str:
        return (await self.seen(after))["state"]

    async def heard(self, version: int) -> list[int]:
        """The versions of the case that came as changes, up to ``version``; each once and in order."""
        versions: list[int] = []
        async with asyncio.timeout(20):
            while not versions or versions[-1] < version:
                answer = await self.window.client.get(
                    "/v1/me/changes", params={"after": self.place, "wait": 5}, timeout=20
                )
                page = answer.json()
                versions += [change["version"] for change in page["changes"] if change["urn"] == self.urn]
                self.place = page["after"]
        return versions


async def place_of(window: Citizen) -> str:
    """The present place in the changes of a window."""
    return (await window.get("/v1/me/changes"))["after"]


async def apply(window: Citizen, department: str, operation: str, **parts: Any) -> tuple[Followed, Done]:
    """A citizen's application through the gateway; what came of it, to be followed."""
    place = await place_of(window)
    done = await window.command(department, operation, **parts)
    return Followed(window, department, done.urn, place), done
