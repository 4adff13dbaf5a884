"""What sample people have applied for and nobody has decided: through the gateway, as they themselves would."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from onewindow_kit.clock import today

from onewindow_local.errors import LocalError
from onewindow_local.sample.commands import Offices, unless_done_before
from onewindow_local.sample.homes import Home
from onewindow_local.sample.people import Person

REGISTRY, VEHICLES = "title-registry", "vehicle-administration"
DEAF_AFTER = 20
"""Seconds in which the title registry has heard of a death for certain."""
PARTIES = {"court": "样本法院", "notary": "样本公证处", "school": "样本大学"}
OPEN_FOR = timedelta(days=60)


async def command(at: Offices, person: Person, department: str, operation: str, **parts: Any) -> Any:
    """A citizen's command, done by the person."""
    token = (await asyncio.to_thread(at.issuer.citizen, person.ref))["access_token"]
    return await at.send(f"{at.instance.url('gateway')}/v1/me/commands/{department}/{operation}", parts, token=token)


async def ask_to_move(at: Offices, person: Person, to_division: str) -> None:
    with unless_done_before():
        await command(at, person, "identity", "requestMove", body={"to_division": to_division, "reason": "work"})


async def inherit(at: Offices, heir: Person, dead: Person, home: Home) -> None:
    """Once the title registry has been told of the death, the heir applies."""
    whose = {"owner": await at.pseudonym(REGISTRY, dead)}
    deadline = asyncio.get_running_loop().time() + DEAF_AFTER
    while (await at.post(REGISTRY, "housing", "/v1/title-lookups", whose))["items"][0]["body"]["disposable"]:
        if asyncio.get_running_loop().time() > deadline:
            raise LocalError("The title registry has not heard of a death.", "./onewindow logs housing tells more.")
        await asyncio.sleep(0.1)
    deceased = {"by": "number", "scheme": dead.scheme, "number": dead.number, "name": dead.name}
    wish = {"unit_code": home.unit_code, "deceased": deceased, "own_name": heir.name}
    with unless_done_before("case-open"):
        await command(at, heir, "housing", "applyForInheritance", body=wish)


async def enter_lottery(at: Offices, person: Person) -> None:
    """A pool is opened for the month in which its list is frozen, and the person enters it."""
    freeze_on = today() + OPEN_FOR
    pool = await at.post(
        VEHICLES,
        "transport",
        "/v1/lotteries",
        {
            "period": f"{freeze_on:%Y-%m}",
            "quota": 20,
            "freeze_on": freeze_on.isoformat(),
            "parties": [_party(name, title) for name, title in PARTIES.items()],
            "legal_basis": "小客车公开摇号规则（演示）",
        },
    )
    with unless_done_before("entry-exists"):
        await command(at, person, "transport", "joinLottery", path={"urn": pool["urn"]})


def _party(name: str, title: str) -> dict[str, str]:
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"sample {name}".encode()).digest())
    return {"party": name, "title": title, "public_key": key.public_key().public_bytes_raw().hex()}
