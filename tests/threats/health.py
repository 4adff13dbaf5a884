"""The health department beside the running city, and its depositors: known to identity, with windows of their own."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onewindow_contracts.loader import HOME
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_local import operators_port
from onewindow_local.demo.city import Caller, City, Done, Person, citizen_number
from onewindow_local.instance import CHECKOUT

CONTRACTS = os.pathsep.join([str(HOME), str(CHECKOUT / "tests/contracts/health")])
SERVICE = CHECKOUT / "tests/departments/health/src"
OFFICE, SUPERVISOR = "health-commission", "supervision-office"
BASIS = "health-commission.risk-area"
Acts = list[dict[str, Any]]


@asynccontextmanager
async def running(city: City) -> AsyncIterator[None]:
    """The department's process, told what `settings` prints and nothing else."""
    printed = city.onewindow("settings", "health").splitlines()
    told = dict(shlex.split(line)[1].split("=", 1) for line in printed)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SERVICE)} | told
    with (city.instance.folder / "logs/health.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "health", "all"], env=environment, stdout=log, stderr=log)
    try:
        assert await operators_port.until_ready(city.instance.ops_port("health"), 30)
        yield
    finally:
        process.terminate()
        process.wait(20)


@dataclass(frozen=True)
class Depositors:
    """People by number, in order, and their pseudonyms in the health sector."""

    people: list[Person]
    pseudonyms: list[str]


async def depositors(city: City, count: int, folder: Path) -> Depositors:
    """So many people from elsewhere, taken over into identity from a file, and named to the health sector."""
    born = date(1980, 1, 1)
    numbers = list({citizen_number(born + timedelta(days=n % 5000)): n for n in range(count)})
    rows = [
        {
            "number": number,
            "name": f"储户{n}",
            "sex": "1",
            "birth_date": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
        }
        for n, number in enumerate(numbers)
    ]
    file = folder / "depositors.jsonl"
    file.write_text("".join(json.dumps(row | {"standing": "elsewhere"}) + "\n" for row in rows))
    city.onewindow("import", "identity", str(file))
    url = city.instance.url("identity")
    keyring = Keyring.load(city.instance.keys / "health.json")
    async with IdentityClient(url, issuer=url, keyring=keyring) as identity:
        found = await identity.resolve_batch(numbers)
    people = [Person("", row["name"], row["number"]) for row in rows]
    return Depositors(people, [str(name) for name in found if name is not None])


@dataclass(frozen=True)
class Commission:
    """What officers of the health commission and the supervisor do; ``unit`` is the officer's."""

    city: City

    async def officer(self, name: str, unit: str) -> Caller:
        return await self.city.office(OFFICE, "health", name, unit=unit)

    async def seen(self, people: list[str]) -> list[str]:
        """URNs of the visits at which the people were found."""
        body = {"place": "某银行营业部门口", "seen_on": "2026-06-12", "people": people}
        return (await (await self.officer("officer-1", "control")).do("/v1/visits", body)).body["visits"]

    async def redden(self, evidence: dict[str, list[str]]) -> tuple[Acts, Done]:
        """Officer 1 of unit control wants the people's codes red."""
        people = [{"person": person, "evidence": urns} for person, urns in evidence.items()]
        wanted = {"colour": "red", "reason": "到访风险场所", "grounds": {"basis": BASIS, "people": people}}
        done = await (await self.officer("officer-1", "control")).do("/v1/code-restrictions", wanted)
        return done.body["acts"], done

    async def decide(self, acts: Acts, name: str = "officer-2", unit: str = "review") -> Acts:
        officer = await self.officer(name, unit)
        return (await officer.do("/v1/adverse-act-decisions", _word(acts, "approved"))).body["acts"]

    async def rule(self, acts: Acts, outcome: str) -> Acts:
        supervisor = await self.city.office(SUPERVISOR, "health", "supervisor-1", unit="inspection")
        return (await supervisor.do("/v1/adverse-act-rulings", _word(acts, outcome))).body["acts"]

    async def undo(self, act: dict[str, Any]) -> Done:
        officer = await self.officer("officer-2", "review")
        path = f"/v1/adverse-acts/{act['act']}/undoings"
        return await officer.do(path, {"reason": "未到访"}, at=f'"{act["version"]}"')


def _word(acts: Acts, outcome: str) -> dict[str, Any]:
    wanted = [{"act": act["act"], "version": act["version"]} for act in acts]
    return {"acts": wanted, "outcome": outcome, "reason": "经核实"}
