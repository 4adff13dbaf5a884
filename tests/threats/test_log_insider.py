"""Root on the record's own machine edits, deletes, truncates and forks it, with its signing key too: seen each time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from onewindow_kit.testing import eventually
from onewindow_local import kept_entries
from onewindow_local.demo.checkers import Checkers
from onewindow_local.demo.city import Citizen
from onewindow_local.demo.insider import Insider

from .conftest import Nodes


@dataclass
class Held:
    """What a citizen holds, and how everybody checks; `told` is the proof's content."""

    window: Citizen
    entry: str
    proof: Path
    told: dict[str, Any]
    checkers: Checkers
    insider: Insider

    @property
    def index(self) -> int:
        return self.told["index"]

    @property
    def address(self) -> str:
        return f"/v1/me/access-entries/{self.entry}"

    def forgetful(self, name: str) -> Checkers:
        """A verifier who has seen nothing yet."""
        return Checkers(self.checkers.instance, self.proof.parent / name)

    async def honest(self) -> list[bytes]:
        """The leaves while nobody looks at anybody: the witness has cosigned them all, and the verifier has seen them."""

        async def quiet() -> list[bytes] | None:
            size, leaves = (await self.insider.cosigned())[-1][0], await self.insider.leaves()
            return leaves if size == len(leaves) else None

        leaves = await eventually(quiet)
        told = self.checkers.verify()
        assert told.returncode == 0, told.stdout
        return leaves


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def held(nodes: Nodes, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Held]:
    city, folder = nodes.city, tmp_path_factory.mktemp("held")
    window = await city.citizen(await city.adult("例存证"))
    # A look of one's own is an entry like any other.
    entry = (await window.client.get("/v1/me/view")).headers["Onewindow-Entry"]

    async def cosigned() -> dict[str, Any] | None:
        answer = await window.client.get(f"/v1/me/access-entries/{entry}/proof")
        return answer.json() if answer.is_success and answer.json()["checkpoint"].count("\n— ") > 1 else None

    told = await eventually(cosigned)
    proof = folder / "my-entry.json"
    proof.write_text(json.dumps(told), "utf-8")
    yield Held(window, entry, proof, told, Checkers(city.instance, folder / "seen"), Insider(city.instance))


async def test_an_untouched_record_passes_every_checker(held: Held):
    await held.honest()
    whole = held.checkers.verify("--proof", str(held.proof))
    assert whole.returncode == 0, whole.stdout
    assert "continues the checkpoint last verified here" in whole.stdout
    for told in (
        held.checkers.entry(held.proof),
        held.checkers.by_others(held.proof),
        held.checkers.by_hand(held.proof),
    ):
        assert told.returncode == 0, told.stdout + told.stderr


async def test_the_command_line_verifies_the_running_instance(nodes: Nodes, held: Held):
    told = json.loads(nodes.city.onewindow("verify", "--json", "--memory", str(held.proof.parent / "command")))
    assert told["outcome"] == "verified" and told["size"] > held.index, told
    assert told["entries"]["held"] >= told["size"] - told["entries"]["gone_lawfully"] - told["entries"]["erased"]


async def test_an_edited_leaf_is_seen_by_every_checker(held: Held):
    await held.honest()
    before = await held.insider.overwrite_leaf(held.index, bytes(32))
    try:
        for checkers in (held.checkers, held.forgetful("a stranger's")):
            told = checkers.verify()
            assert told.returncode == 1 and told.stdout.startswith("REJECTED"), told.stdout
        others = held.checkers.by_others(held.proof)
        assert others.returncode == 1, others.stdout
        # Planted: who looks at signatures alone sees nothing, which is why tiles are read.
        assert "yes  the log signed it\nyes  the witness cosigned it\n" in others.stdout
        assert "NO   the leaf that it serves is of its tree" in others.stdout
        assert held.checkers.entry(held.proof).returncode == 0, "the citizen's proof is worth what it was"
    finally:
        await held.insider.overwrite_leaf(held.index, before)
    assert held.checkers.verify().returncode == 0


async def test_an_edited_entry_is_never_shown_as_true(held: Held):
    before = await held.insider.edit_entry(held.entry, bytes(200))
    try:
        answer = await held.window.client.get(f"{held.address}/proof")
        assert answer.status_code >= 400, answer.text
        kept = kept_entries.examine(held.checkers.instance)
        assert kept is not None and kept.altered == [held.index] and not kept.missing
        assert held.checkers.verify("--proof", str(held.proof)).returncode == 0, "the leaf is still there"
        assert held.checkers.by_hand(held.proof).returncode == 0, "and what it says is proven without the record"
    finally:
        await held.insider.edit_entry(held.entry, before)
    assert (await held.window.client.get(f"{held.address}/proof")).json()["entry"] == held.told["entry"]


async def test_a_deleted_entry_is_still_proven_by_who_holds_its_proof(held: Held):
    row = await held.insider.delete_entry(held.entry)
    try:
        assert (await held.window.client.get(held.address)).status_code == 404
        told = held.checkers.verify("--proof", str(held.proof))
        assert told.returncode == 0 and f"the proof of entry {held.index}" in told.stdout, told.stdout
        assert held.checkers.by_others(held.proof).returncode == 0
        kept = kept_entries.examine(held.checkers.instance)
        assert kept is not None and kept.missing == [held.index] and not kept.altered
    finally:
        await held.insider.put_entry(row)
    kept = kept_entries.examine(held.checkers.instance)
    assert kept is not None and kept.sound, kept
    assert (await held.window.client.get(held.address)).status_code == 200


async def test_a_removed_leaf_is_seen_although_the_record_signs_anew_with_its_own_key(held: Held, tmp_path: Path):
    honest = await held.honest()
    without = [*honest[: held.index], *honest[held.index + 1 :]]
    forged = [*without, bytes(32)]  # as many as before: a fork
    longer = [*without, *(bytes([n]) * 32 for n in range(250))]  # and one that grew past what was seen
    for name, leaves in (("forked", forged), ("rewritten", longer)):
        place = held.insider.publish(leaves, held.insider.sign(leaves), tmp_path / name)
        told = held.checkers.verify(place=place)
        assert told.returncode == 1 and name.removesuffix("fork") in told.stdout and "REJECTED" in told.stdout, (
            told.stdout
        )
        assert held.forgetful(f"a stranger's {name}").verify(place=place).returncode == 1, (
            "the witness has seen the other"
        )
        assert held.checkers.by_others(held.proof, place).returncode == 1


async def test_the_witness_cosigns_no_fork_and_keeps_it(held: Held):
    forged = [*(await held.honest())[:-1], bytes(32)]
    note = held.insider.sign(forged)
    async with httpx.AsyncClient(base_url=held.checkers.instance.url("witness")) as witness:
        before = (await witness.get("/evidence")).json()["items"]
        refused = await witness.post("/add-checkpoint", content=f"old {len(forged)}\n\n{note}".encode())
        assert (refused.status_code, refused.headers["content-type"]) == (409, "text/x.tlog.size")
        (name,) = set((await witness.get("/evidence")).json()["items"]) - set(before)
        kept = (await witness.get(f"/evidence/{name}")).json()
    assert kept["kind"] == "fork" and kept["shown"] == note
    # Planted: the fork is well signed. Who asks neither a witness nor his memory is deceived.
    place = held.insider.publish(forged, note, held.proof.parent / "fork")
    assert alone(held, place) == 0


async def test_a_log_that_was_cut_off_is_seen_although_both_signed_it_once(held: Held, tmp_path: Path):
    honest = await held.honest()
    size, note = (await held.insider.cosigned())[0]
    place = held.insider.publish(honest[:size], note, tmp_path / "short")
    for checkers in (held.checkers, held.forgetful("a stranger's")):
        told = checkers.verify(place=place)
        assert told.returncode == 1 and "cut off" in told.stdout, told.stdout
    # Planted: without memory and without the witness's word an old log is a whole one.
    assert alone(held, place) == 0


def alone(held: Held, place: Path) -> int:
    """The verdict of who has only the log's key."""
    return held.forgetful(f"alone with {place.name}").by_key(place).returncode
