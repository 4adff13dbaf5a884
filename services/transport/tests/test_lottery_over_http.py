"""The lottery as its callers meet it: over HTTP, by the office, the parties, citizens and anybody."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from onewindow_kit.clock import stamp, today
from onewindow_kit.testing import eventually

from .conftest import Caller

pytestmark = pytest.mark.rule("domain-26")
PATH = "/v1/lotteries"
BASIS = {"legal_basis": "小客车公开摇号规则"}
RECOMPUTE = Path(__file__).resolve().parents[3] / "docs" / "recompute_lottery.py"


class Party:
    """One who holds a key and a secret."""

    def __init__(self, name: str) -> None:
        self.name, self.key, self.secret = name, Ed25519PrivateKey.generate(), secrets.token_hex(32)

    def named(self) -> dict[str, str]:
        return {"party": self.name, "title": self.name, "public_key": self.key.public_key().public_bytes_raw().hex()}

    def commitment(self, urn: str) -> dict[str, str]:
        bound = hashlib.sha256(f"{urn}\n{self.name}\n{self.secret}".encode()).hexdigest()
        signature = self.key.sign(f"{urn}\n{self.name}\n{bound}".encode()).hex()
        return {"party": self.name, "commitment": bound, "signature": signature}


@pytest.fixture
def anybody(http: Any) -> Caller:
    caller = Caller(http, "")
    caller.headers = {}
    return caller


async def opened(office: Caller, parties: list[Party], quota: int = 1) -> str:
    body = {"period": "2026-11", "quota": quota, "freeze_on": today().isoformat()}
    made = await office.post(PATH, body | BASIS | {"parties": [party.named() for party in parties]})
    assert made.status_code == 201, made.text
    return made.json()["urn"]


def freeze_body(seconds: float = 0.2) -> dict[str, str]:
    due = stamp(datetime.now(UTC) + timedelta(seconds=seconds))
    return BASIS | {"source": "示例交易所", "reference": "收盘 2026-11-24", "due_at": due}


async def version(anybody: Caller, urn: str) -> int:
    return (await anybody.get(f"{PATH}/{urn}")).json()["version"]


async def test_a_round_from_opening_to_quotas(
    office: Caller, citizen: Callable, anybody: Caller, neighbour: Any, person: Callable, licence_body, tmp_path: Path
) -> None:
    parties = [Party("court"), Party("notary"), Party("school")]
    urn = await opened(office, parties, quota=2)
    for party in parties:
        done = await anybody.post(f"{PATH}/{urn}/commitments", party.commitment(urn))
        assert done.status_code == 200, done.text
    receipts = {}
    for _ in range(5):
        who = person()
        neighbour.settle(who, "330106", secrets.token_hex(4))
        await office.post("/v1/driving-licences", licence_body(who))
        joined = await citizen(who).post(f"{PATH}/{urn}/entries")
        assert (joined.status_code, joined.json()["state"]) == (201, "entered"), joined.text
        receipts[who] = joined.json()
    assert (await citizen(who).post(f"{PATH}/{urn}/entries")).json()["code"] == "entry-exists"
    assert (await anybody.get(f"{PATH}/{urn}/entries")).json()["code"] == "lottery-not-frozen"
    leaving = receipts[who]
    left = await citizen(who).post(f"/v1/lottery-entries/{leaving['entry']}/withdrawals", version=1)
    assert left.json()["state"] == "withdrawn"
    foreign = await citizen(person()).post(f"/v1/lottery-entries/{leaving['entry']}/withdrawals", version=2)
    assert foreign.json()["code"] == "not-found"

    frozen = await office.post(f"{PATH}/{urn}/freezes", freeze_body(3), version=await version(anybody, urn))
    assert (frozen.status_code, frozen.json()["body"]["size"]) == (200, 4), frozen.text
    late = await citizen(who).post(f"{PATH}/{urn}/entries")
    assert (late.status_code, late.json()["code"]) == (409, "lottery-frozen")
    wrong = {"party": "court", "secret": "0" * 64}
    assert (await anybody.post(f"{PATH}/{urn}/reveals", wrong)).json()["code"] == "reveal-mismatch"
    for party in parties[:2]:
        told = await anybody.post(f"{PATH}/{urn}/reveals", {"party": party.name, "secret": party.secret})
        assert told.status_code == 200, told.text

    async def draw() -> Any:
        body = BASIS | {"value": "3836.77"}
        answer = await office.post(f"{PATH}/{urn}/draws", body, version=await version(anybody, urn))
        return None if answer.json().get("code") == "draw-too-early" else answer

    drawn = await eventually(draw)
    assert drawn.status_code == 200, drawn.text
    assert (await draw()).json()["code"] == "lottery-drawn"
    envelope = (await anybody.get(f"{PATH}/{urn}")).json()
    assert [party["secret"] is None for party in envelope["body"]["parties"]] == [False, False, True]
    listed = (await anybody.get(f"{PATH}/{urn}/entries")).json()["items"]
    assert {line["code"] for line in listed} == {r["code"] for w, r in receipts.items() if r is not leaving}
    pages = await anybody.get(f"{PATH}/{urn}/entries?limit=3")
    rest = await anybody.get(f"{PATH}/{urn}/entries?limit=3&cursor={pages.json()['next']}")
    assert pages.json()["items"] + rest.json()["items"] == listed

    mine = next(receipt for receipt in receipts.values() if receipt is not leaving)
    told = {"urn": urn, "body": envelope["body"], "entries": listed, "mine": mine}
    assert recompute(tmp_path, told).returncode == 0
    altered = told | {"entries": [listed[0] | {"weight": 9}, *listed[1:]]}
    spoiled = recompute(tmp_path, altered)
    assert spoiled.returncode != 0 and "root was published" in spoiled.stderr
    assert recompute(tmp_path, told | {"mine": leaving}).returncode != 0
    proof = (await anybody.get(f"{PATH}/{urn}/entries/{mine['code']}")).json()
    assert proves(proof, envelope["body"]["root"])
    assert not proves(proof | {"weight": 9}, envelope["body"]["root"])
    assert (await anybody.get(f"{PATH}/{urn}/entries/{'0' * 64}")).status_code == 404

    given = await office.post(f"{PATH}/{urn}/awards", BASIS, version=await version(anybody, urn))
    assert given.json()["body"]["awarded"] == 2
    states = []
    for who in receipts:
        found = await office.post("/v1/plate-quota-lookups", {"holder": who})
        states += [each["body"]["state"] for each in found.json()["items"]]
    assert states == ["live", "live"]
    newest = (await anybody.get(f"{PATH}?limit=1")).json()
    assert newest["items"][0]["urn"] == urn and not any(who in json.dumps(newest) for who in receipts)


def recompute(folder: Path, told: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    file = folder / "published.json"
    file.write_text(json.dumps(told))
    return subprocess.run(
        [sys.executable, "-I", RECOMPUTE, file], capture_output=True, text=True, timeout=20, check=False
    )


def proves(proof: dict[str, Any], root: str) -> bool:
    """RFC 9162, 2.1.3.2, once more."""
    head = hashlib.sha256(f"\0{proof['code']} {proof['weight']}".encode()).digest()
    place, last = proof["index"], proof["size"] - 1
    for sibling in map(bytes.fromhex, proof["path"]):
        if place % 2 or place == last:
            head = hashlib.sha256(b"\1" + sibling + head).digest()
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            head = hashlib.sha256(b"\1" + head + sibling).digest()
        place, last = place // 2, last // 2
    return last == 0 and head.hex() == root


async def test_who_may_do_what(
    office: Caller, parking: Caller, anybody: Caller, citizen: Callable, issuer, http
) -> None:
    parties = [Party("court"), Party("notary")]
    urn = await opened(office, parties)
    assert (await parking.post(f"{PATH}/{urn}/freezes", freeze_body(), version=1)).status_code == 403
    assert (await anybody.post(f"{PATH}/{urn}/entries")).status_code == 401
    firm = Caller(http, issuer.representative("transport.1.org-" + "a" * 22, "transport"))
    assert (await firm.post(f"{PATH}/{urn}/entries")).status_code == 403
    none = urn[:-22] + "a" * 22
    assert (await citizen("transport.1." + "a" * 22).post(f"{PATH}/{none}/entries")).json()["code"] == "not-found"
    stale = await office.post(f"{PATH}/{urn}/freezes", freeze_body(), version=7)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-conflict")
    foreign = Party("court")
    answer = await anybody.post(f"{PATH}/{urn}/commitments", foreign.commitment(urn))
    assert answer.json()["code"] == "commitment-unsigned"
    copied = {**parties[0].commitment(urn), "party": "notary"}
    assert (await anybody.post(f"{PATH}/{urn}/commitments", copied)).json()["code"] == "commitment-unsigned"
    assert (await anybody.get(f"{PATH}?cursor=nonsense")).json()["code"] == "invalid-cursor"


@pytest.mark.rule("transport.lottery-parties")
async def test_a_pool_needs_its_parties_and_a_day_to_come(office: Caller) -> None:
    body = {"period": "2026-11", "quota": 1, "freeze_on": today().isoformat(), **BASIS}
    one, two = Party("court"), Party("notary")
    for parties, day, code in (
        ([one], today(), "parties-too-few"),
        ([one, one], today(), "party-twice"),
        ([one, two], today() - timedelta(days=1), "date-out-of-range"),
    ):
        wanted = body | {"parties": [each.named() for each in parties], "freeze_on": day.isoformat()}
        assert (await office.post(PATH, wanted)).json()["code"] == code
    later = body | {"parties": [one.named(), two.named()], "freeze_on": (today() + timedelta(days=1)).isoformat()}
    urn = (await office.post(PATH, later)).json()["urn"]
    assert (await office.post(f"{PATH}/{urn}/freezes", freeze_body(), version=1)).json()["code"] == "freeze-too-early"
