"""``onewindow demo outage``: a flat is sold while broker, relay and projector are killed; nothing is lost.

The broker is killed first, so that the sale is committed but cannot be published; then the process that holds the relay
and the projector are killed between that commit and its publication. The supervisor brings all three back.
"""

import asyncio
import json
import os
import signal
import time
from dataclasses import dataclass, field

import httpx

from onewindow_local.cli.screen import out
from onewindow_local.demo.city import Citizen, City, Done
from onewindow_local.demo.flats import flat, owner, registration, sale
from onewindow_local.instance import Instance, must_run

CLIENTS = 4
PATIENCE = 60.0  # seconds for everything to be back and caught up


@dataclass(slots=True)
class Journal:
    """What the load was told: versions acknowledged by URN, and how many answers never came or were refused."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    unknown: int = 0

    def note(self, written: str) -> None:
        for each in written.split(", "):
            urn, _, version = each.rpartition("@")
            if ":title:" in urn:
                self.acknowledged[urn] = int(version)


def run(instance: Instance) -> int:
    """0 when nothing was lost."""
    must_run(instance)
    return asyncio.run(_show(City(instance)))


async def _show(city: City) -> int:
    out.print("Two people, a flat, and a registry under load by a third …")
    seller, buyer, builder = [await city.adult(name) for name in ("例卖方", "例买方", "例房企")]
    selling, buying, building = [await owner(city, person) for person in (seller, buyer, builder)]
    title = await flat(city, selling)
    window = await city.citizen(buyer)
    journal, stop = Journal(), asyncio.Event()
    journal.note(title.written)
    load = [asyncio.create_task(_load(city, building, journal, stop)) for _ in range(CLIENTS)]
    await asyncio.sleep(2)
    _kill(city, "kafka")
    registry = await city.registry()
    started = time.monotonic()
    sold = await registry.do(
        f"/v1/titles/{title.urn}/transfer", sale(buying, consents=(selling["pseudonym"],)), at=title.etag
    )
    journal.note(sold.written)
    out.print(
        f"Sold with the broker dead, acknowledged in {(time.monotonic() - started) * 1000:.0f} ms: {sold.written}"
    )
    _kill(city, "housing")
    _kill(city, "projector")
    asked = await _read_own_write(window, title.urn, sold)
    out.print(f"The buyer's read with that version waited through {asked} answers of 503 and is right.")
    await asyncio.sleep(2)
    stop.set()
    await asyncio.gather(*load)
    return await _compare(city, [window, await city.citizen(builder)], journal)


async def _load(city: City, building: dict, journal: Journal, stop: asyncio.Event) -> None:
    """Register flats one after another; an answer that never came is unknown, not failed."""
    registry = await city.registry()
    while not stop.is_set():
        try:
            journal.note((await registry.do("/v1/titles", registration(building))).written)
        except (httpx.HTTPError, AssertionError):
            journal.unknown += 1
            await asyncio.sleep(0.2)
        await asyncio.sleep(0.05)


def _kill(city: City, process: str) -> None:
    pid = city.instance.state()["processes"][process]["pid"]
    os.kill(pid, signal.SIGKILL)
    out.print(f"[red]kill -9[/] {process} ({pid})")


async def _read_own_write(window: Citizen, urn: str, sold: Done) -> int:
    """How often the read was told to come back; AssertionError when it is answered wrongly or not in time."""
    asked, end = 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = await window.client.get("/v1/me/view", headers={"Onewindow-Version": sold.written})
        if answer.status_code == 503:
            asked += 1
            await asyncio.sleep(float(answer.headers.get("Retry-After", "1")))
            continue
        answer.raise_for_status()
        if urn not in answer.text:
            raise AssertionError("the read was answered without the sale that it asked for")
        return asked
    raise AssertionError(f"the view did not catch up within {PATIENCE:.0f} s")


async def _compare(city: City, windows: list[Citizen], journal: Journal) -> int:
    """Journal within registry, registry equal to view."""
    registry = _registry(city)
    lost = {urn for urn, version in journal.acknowledged.items() if registry.get(urn, 0) < version}
    mine = set(journal.acknowledged)
    view: dict[str, int] = {}
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        view = {urn: version for window in windows for urn, version in (await _view(window)).items()}
        if all(view.get(urn) == registry[urn] for urn in mine - lost):
            break
        await asyncio.sleep(0.5)
    missing = {urn for urn in mine - lost if view.get(urn) != registry[urn]}
    out.print(f"acknowledged {len(mine)}, answers that never came {journal.unknown}")
    out.print(f"acknowledged but not in the registry: {len(lost)}; in the registry but not in the view: {len(missing)}")
    if lost or missing:
        out.print("[red]Something was lost.[/]")
        return 1
    out.print("[green]Nothing was lost.[/]")
    return 0


def _registry(city: City) -> dict[str, int]:
    found = {}
    for line in city.snapshot("housing").splitlines():
        envelope = json.loads(line)
        found[envelope["urn"]] = envelope["version"]
    return found


async def _view(window: Citizen) -> dict[str, int]:
    """URN to version of all the person's titles, page by page."""
    found: dict[str, int] = {}
    cursor = ""
    while True:
        page = await window.get(f"/v1/me/records?type=housing.title&limit=200{cursor}")
        found |= {record["urn"]: record["version"] for record in page["items"]}
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"
