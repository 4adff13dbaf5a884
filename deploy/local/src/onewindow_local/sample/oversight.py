"""What sample people dispute and were told, so that the supervisors' section of a window is not empty."""

import asyncio

from onewindow_local.sample.applications import REGISTRY, command
from onewindow_local.sample.commands import Offices, Refused, unless_done_before
from onewindow_local.sample.people import Person

POPULATION, SUPERVISION = "population-office", "supervision-office"
SEEN_AFTER = 20
"""Seconds in which a title that was imported is in its owner's window for certain."""


async def dispute_home(at: Offices, owner: Person) -> None:
    """The owner says that the registered area of the first flat is wrong; nobody has decided."""
    whose = {"owner": await at.pseudonym(REGISTRY, owner)}
    title = (await at.post(REGISTRY, "housing", "/v1/title-lookups", whose))["items"][0]["urn"]
    said = {"about": title, "grounds": "登记的建筑面积与房产证不符，请核查测绘成果。"}
    deadline = asyncio.get_running_loop().time() + SEEN_AFTER
    while True:
        try:
            with unless_done_before("dispute-open"):
                await command(at, owner, "oversight", "raiseDispute", body=said)
            return
        except Refused as refusal:
            if refusal.code != "not-found" or asyncio.get_running_loop().time() > deadline:
                raise
        await asyncio.sleep(0.2)


async def tell(at: Offices, person: Person) -> None:
    """A notice that something was put right."""
    asked = {"pseudonym": await at.pseudonym(POPULATION, person), "receiver": "oversight"}
    named = (await at.post(POPULATION, "identity", "/v1/introductions", asked))["introduction"]
    notice = {
        "kind": "correction",
        "text": {
            "zh": "您户口登记中的一处笔误已更正，您无须办理任何手续。",
            "en": "A slip in your register entry was put right; you need to do nothing.",
        },
        "concerns": [],
        "reference": None,
        "addressees": [named],
    }
    await at.post(SUPERVISION, "oversight", "/v1/notices", notice)
