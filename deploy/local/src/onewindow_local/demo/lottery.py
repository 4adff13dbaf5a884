"""``onewindow demo lottery``: plates are drawn for so that nobody can cheat and everybody can check.

The list of entries is frozen and its root published before any randomness exists; the seed comes from secrets that three
parties had bound themselves to, and from a value that nobody knew then. What is published is recomputed by a file that
imports nothing of ours; one altered entry makes that fail; an applicant proves that their own entry was on the list.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onewindow_local.cli.screen import out
from onewindow_local.demo.cars import new_car
from onewindow_local.demo.city import Citizen, City, Done, Refused
from onewindow_local.instance import CHECKOUT, Instance, must_run

RECOMPUTE = CHECKOUT / "docs" / "recompute_lottery.py"
APPLICANTS, QUOTA, KNOWN_AFTER = 8, 2, 5.0
BASIS = {"legal_basis": "小客车公开摇号规则（演示）"}
LICENCE = {"classes": ["C1"], "file_number": None, "legal_basis": "机动车驾驶证申领和使用规定"}


@dataclass(slots=True)
class Party:
    """Somebody whose secret goes into the seed: only they hold key and secret."""

    name: str
    title: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    secret: str = field(default_factory=lambda: secrets.token_hex(32))

    def named(self) -> dict[str, str]:
        key = self.key.public_key().public_bytes_raw().hex()
        return {"party": self.name, "title": self.title, "public_key": key}

    def commitment(self, lottery: str) -> dict[str, str]:
        bound = hashlib.sha256(f"{lottery}\n{self.name}\n{self.secret}".encode()).hexdigest()
        signature = self.key.sign(f"{lottery}\n{self.name}\n{bound}".encode()).hex()
        return {"party": self.name, "commitment": bound, "signature": signature}


def run(instance: Instance) -> int:
    """0 when the draw was recomputed, the alteration found, and every refusal was the right one."""
    must_run(instance)
    return asyncio.run(show(City(instance)))


async def show(city: City) -> int:
    started = time.monotonic()
    parties = [Party("court", "示例法院"), Party("notary", "示例公证处"), Party("school", "示例大学")]
    office = await city.vehicles()
    pool = await open_pool(city, parties)
    out.print(f"A pool for {QUOTA} plates is open; {len(parties)} parties have bound themselves to secrets.")
    windows, receipts = await applicants(city, pool.urn)
    frozen = await freeze(office, pool.urn)
    body = frozen.body["body"]
    out.print(f"Frozen: {body['size']} of {len(windows)} entries, nothing but codes. Root, published now:")
    out.print(f"  [bold]{body['root']}[/]")
    out.print(f"  The seed will also need: {body['public_value']['source']}, {body['public_value']['reference']}.")
    await refused(windows[0].command("transport", "joinLottery", path={"urn": pool.urn}), "lottery-frozen")
    lie = {"party": "court", "secret": "0" * 64}
    await refused(office.do(f"/v1/lotteries/{pool.urn}/reveals", lie), "reveal-mismatch")
    await refused(draw(office, pool.urn), "draw-too-early")
    for party in parties[:2]:
        await office.do(f"/v1/lotteries/{pool.urn}/reveals", {"party": party.name, "secret": party.secret})
    out.print(f"Two parties revealed. {parties[2].title} does not: its commitment takes the secret's place.")
    drawn = await known_then_drawn(office, pool.urn, body["public_value"]["due_at"])
    for number, code in enumerate(drawn.body["body"]["winners"], 1):
        out.print(f"  drawn {number}: {code}")
    await refused(draw(office, pool.urn), "lottery-drawn")
    failed = await check(office, pool.urn, receipts[0])
    given = await office.do(f"/v1/lotteries/{pool.urn}/awards", BASIS, at=drawn.etag)
    out.print(f"Conditions tested again: {given.body['body']['awarded']} quotas given.")
    out.print("[red]Something was not as it must be.[/]" if failed else "[green]Anybody could have done this.[/]")
    out.print(f"[dim]{time.monotonic() - started:.1f} s[/]")
    return int(failed)


async def open_pool(city: City, parties: list[Party]) -> Done:
    office = await city.vehicles()
    wanted = {"period": f"{city.today():%Y-%m}", "quota": QUOTA, "freeze_on": city.today().isoformat()}
    pool = await office.do("/v1/lotteries", wanted | BASIS | {"parties": [party.named() for party in parties]})
    for party in parties:
        await office.do(f"/v1/lotteries/{pool.urn}/commitments", party.commitment(pool.urn))
    return pool


async def applicants(city: City, pool: str) -> tuple[list[Citizen], list[dict[str, Any]]]:
    """Everybody enters through their own window and keeps the receipt; the last one has a car, the one before no licence."""
    people = [await city.adult(f"例摇号{n}") for n in "一二三四五六七八"[:APPLICANTS]]
    office = await city.vehicles()
    for person in people[:-2] + people[-1:]:
        holder = await city.pseudonym(person, "vehicle-administration")
        issued = {"holder": holder, "issued_on": city.today().isoformat()}
        await office.do("/v1/driving-licences", LICENCE | issued)
    await new_car(city, people[-1])
    windows = [await city.citizen(person) for person in people]
    return windows, [(await window.command("transport", "joinLottery", path={"urn": pool})).body for window in windows]


async def freeze(office: Any, pool: str) -> Done:
    due = datetime.now(UTC) + timedelta(seconds=KNOWN_AFTER)
    value = {
        "source": "示例证券交易所 (made up for the demo)",
        "reference": "综合指数，名单冻结后的第一个数",
        "due_at": due.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    return await office.do(f"/v1/lotteries/{pool}/freezes", value | BASIS, at=await etag(office, pool))


async def etag(office: Any, pool: str) -> str:
    return f'"{(await office.get(f"/v1/lotteries/{pool}"))["version"]}"'


async def draw(office: Any, pool: str, value: str = "0") -> Done:
    return await office.do(f"/v1/lotteries/{pool}/draws", BASIS | {"value": value}, at=await etag(office, pool))


async def known_then_drawn(office: Any, pool: str, due_at: str) -> Done:
    """Once the moment named at the freeze has come, somebody learns the value and the draw is made."""
    until = datetime.fromisoformat(due_at) - datetime.now(UTC)
    await asyncio.sleep(max(until.total_seconds(), 0) + 0.05)
    value = f"{3000 + secrets.randbelow(100000) / 100:.2f}"
    out.print(f"The exchange publishes {value}; the draw is made.")
    return await draw(office, pool, value)


async def refused(command: Any, code: str) -> None:
    """A command that must be refused with ``code``."""
    try:
        await command
    except Refused as refusal:
        if refusal.code != code:
            raise
        out.print(f"  [dim]refused as it must be: {code}[/]")
        return
    raise AssertionError(f"was done although it had to be refused: {code}")


async def check(office: Any, pool: str, receipt: dict[str, Any]) -> bool:
    """Whether anything failed that must not: the recomputation of what everybody can read, and one applicant's proof."""
    envelope = await office.get(f"/v1/lotteries/{pool}")
    entries = (await office.get(f"/v1/lotteries/{pool}/entries?limit=200"))["items"]
    told = {"urn": pool, "body": envelope["body"], "entries": entries, "mine": receipt}
    out.print(f"Recomputed by {RECOMPUTE.relative_to(CHECKOUT)}, which knows nothing of Onewindow:")
    fine = recompute(told)
    out.print("\n".join(f"  {line}" for line in (fine.stdout or fine.stderr).strip().splitlines()))
    altered = [entries[0] | {"weight": entries[0]["weight"] + 1}, *entries[1:]]
    spoiled = recompute(told | {"entries": altered})
    out.print("The same with one entry's weight altered:")
    out.print(f"  [yellow]{(spoiled.stderr.strip().splitlines() or ['nothing was found'])[-1]}[/]")
    return fine.returncode != 0 or spoiled.returncode == 0


def recompute(told: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "published.json"
        file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        command = [sys.executable, "-I", str(RECOMPUTE), str(file)]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
