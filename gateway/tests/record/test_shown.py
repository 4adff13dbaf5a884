"""A citizen sees who looked, under whichever name, with a proof that holds without us; everybody sees the tree."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta
from typing import Any

import orjson
import pytest
from gateway.record.notes import opened
from gateway.record.tree import leaf_hash, root_from
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import eventually
from onewindow_kit.testing.legal_day import legal_day

from .library import Shown

PATH = "/v1/me/access-entries"
DELAYED = "traffic-police.investigation"


async def proven(shown: Shown, proof: dict[str, Any]) -> dict[str, Any]:
    """What the proven entry says; AssertionError unless the proof leads to what the log's key signed."""
    key = (await shown.rig.client.get("/v1/log/key")).text.strip()
    checkpoint = opened(proof["checkpoint"], key)
    entry, salt = b64decode(proof["entry"]), b64decode(proof["salt"])
    leaf = leaf_hash(salt + entry)
    assert leaf == b64decode(proof["leaf"])
    hashes = [b64decode(each) for each in proof["hashes"]]
    assert checkpoint.size == proof["size"]
    assert root_from(proof["index"], checkpoint.size, leaf, hashes) == checkpoint.root
    return orjson.loads(entry)


async def test_a_look_is_seen_in_plain_words_with_its_proof(shown: Shown) -> None:
    person = await shown.person()
    looked = await shown.log.look(person["gateway"], case="BDC2026-000117")

    async def appeared() -> list[dict[str, Any]]:
        return await shown.entries(person)

    [entry] = await eventually(appeared, within=60)
    assert entry["id"] == looked and entry["actor"] == "clerk-17"
    assert entry["organisation"]["title"]["en"] == "Real Estate Title Registry"
    sentence = entry["text"]["en"]
    assert "a clerk of the Real Estate Title Registry looked at your" in sentence
    assert "to register the transfer that you applied for (case BDC2026-000117), under 不动产登记暂行条例" in sentence
    assert "不动产登记中心的一名工作人员查看了您的" in entry["text"]["zh"]
    one = await shown.get(person, f"{PATH}/{looked}")
    assert one.json() == entry
    proof = (await shown.get(person, f"{PATH}/{looked}/proof")).json()
    assert (await proven(shown, proof))["id"] == looked
    for name in ("entry", "salt"):
        broken = proof | {name: ("B" if proof[name][0] != "B" else "C") + proof[name][1:]}
        with pytest.raises(AssertionError):
            await proven(shown, broken)


async def test_every_name_of_a_person_leads_to_their_entries_and_nobody_elses_does(shown: Shown) -> None:
    person, other = await shown.person(), await shown.person()
    ids = [await shown.log.look(person[sector]) for sector in ("housing", "identity", "transport", "gateway")]
    foreign = await shown.log.look(other["housing"])
    await shown.merged(other, foreign)
    assert [each["id"] for each in await shown.entries(person)] == ids[::-1]
    for path in (f"{PATH}/{foreign}", f"{PATH}/{foreign}/proof", f"{PATH}/{'a' * 22}", f"{PATH}/{'a' * 22}/proof"):
        refused = await shown.get(person, path)
        assert (refused.status_code, refused.json()["code"]) == (404, "not-found")
    parts = shown.rig.app.state.parts
    assert (await parts.record.entry_of([person["housing"]], ids[0]))["id"] == ids[0]
    assert await parts.record.entry_of([person["housing"]], foreign) is None


async def test_after_a_merge_the_entries_of_both_are_one_persons(shown: Shown) -> None:
    one, gone = await shown.person(), await shown.person()
    ids = [await shown.log.look(each) for each in (one["gateway"], gone["gateway"], gone["housing"])]
    listed = [{"sector": s, "pseudonym": p, "current": True} for s, p in one.pseudonyms.items()]
    listed += [{"sector": s, "pseudonym": p, "current": False} for s, p in gone.pseudonyms.items()]
    subjects = [{"pseudonym": one["gateway"], "role": "person", "from": "2026-03-01", "until": None, "part": None}]
    token = await shown.world.publish(
        "population-office", "identity.link.v1", subjects, {"pseudonyms": listed, "order": 1}
    )
    await shown.rig.app.state.parts.view.wait([(token.partition("@")[0], 1)])
    await shown.merged(one, ids[-1])
    for name in (one, gone):
        assert [each["id"] for each in await shown.entries(name)] == ids[::-1]


async def test_pages_filters_and_months(shown: Shown) -> None:
    person = await shown.person()
    transfer = [await shown.log.look(person["gateway"]) for _ in range(5)]
    means = await shown.log.look(
        person["gateway"], organisation="demo.social-aid", client="demo.social-aid", purpose="social-aid.means-test"
    )
    await shown.merged(person, means)
    first = (await shown.get(person, PATH, limit=4, kind="look")).json()
    rest = (await shown.get(person, PATH, limit=4, kind="look", cursor=first["next"])).json()
    assert [each["id"] for each in first["items"] + rest["items"]] == [means, *transfer[::-1]]
    assert rest["next"] is None and rest["months"] is None
    [month] = first["months"]
    assert month["count"] == 6
    for query, found in (
        ({"organisation": "demo.social-aid"}, [means]),
        ({"purpose": "title-registry.transfer", "limit": 2}, [transfer[-1], transfer[-2]]),
        ({"purpose": "social-aid.means-test", "organisation": "demo.title-registry"}, []),
        ({"kind": "register"}, []),
    ):
        assert [each["id"] for each in await shown.entries(person, **query)] == found
    for wrong in ({"cursor": "WzEsMl0"}, {"cursor": "WyJhIl0"}, {"cursor": "Wy0xXQ"}):
        refused = await shown.get(person, PATH, **wrong)
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid-cursor")
    exactly = (await shown.get(person, PATH, limit=6, kind="look")).json()
    assert len(exactly["items"]) == 6 and exactly["next"] is None


async def test_reading_the_record_is_an_own_look_with_an_entry(shown: Shown) -> None:
    person = await shown.person()
    answer = await shown.get(person, PATH)
    named = answer.headers["Onewindow-Entry"]
    await shown.merged(person, named)
    own = (await shown.get(person, f"{PATH}/{named}")).json()
    assert own["kind"] == "own" and own["operation"] == "gateway.listAccessEntries" and own["actor"] is None
    assert "you looked at your access record" in own["text"]["en"] and "您查看了您的查阅记录" in own["text"]["zh"]


async def test_a_delayed_look_leaves_no_trace_of_the_person_before_its_day(shown: Shown) -> None:
    purpose = shown.rig.app.state.parts.catalogue.now.contracts.purposes[DELAYED]
    day = purpose.discloses_on
    assert day is not None
    watched, other = await shown.person(), await shown.person()
    said = {"organisation": "demo.traffic-police", "purpose": DELAYED, "legal_basis": purpose.legal_basis}
    totals = (await shown.rig.client.get("/v1/log/delayed")).json()["items"]
    made = sum(each["undisclosed"] for each in totals)
    hidden = []
    for number in range(5):
        for person in (watched, other):
            last = await shown.log.look(person["gateway"])
        if number in (0, 2, 4):  # the newest, the oldest and one in the middle
            hidden.append(await shown.log.look(watched["housing"], **said))
    last = await shown.log.look(str(Pseudonym.new("gateway")))
    await shown.merged(watched, last)

    with legal_day(day - timedelta(days=1)):
        for limit in range(1, 8):
            pages = [(await shown.get(each, PATH, kind="look", limit=limit)).json() for each in (watched, other)]
            seen, plain = ([len(page["items"]), page["next"] is None, page["months"]] for page in pages)
            assert seen == plain
        for query in ({"purpose": DELAYED}, {"organisation": "demo.traffic-police"}):
            page = (await shown.get(watched, PATH, **query)).json()
            assert page["items"] == [] and page["months"] == [] and page["next"] is None
        for each in hidden:
            for path in (f"{PATH}/{each}", f"{PATH}/{each}/proof"):
                refused, unknown = (
                    await shown.get(watched, path),
                    await shown.get(watched, path.replace(each, "a" * 22)),
                )
                assert refused.status_code == unknown.status_code == 404
                assert refused.json() | {"instance": ""} == unknown.json() | {"instance": ""}
            assert await shown.rig.app.state.parts.record.entry_of([watched["housing"]], each) is None
        totals = (await shown.rig.client.get("/v1/log/delayed")).json()["items"]
        [total] = [each for each in totals if each["law"] == purpose.discloses_basis]
        assert total["undisclosed"] == made + 3

    with legal_day(day):
        entries = await shown.entries(watched)
        assert len(entries) == 8 and [each["id"] for each in entries if each["id"] in hidden] == hidden[::-1]
        assert [each["at"] for each in entries] == sorted((each["at"] for each in entries), reverse=True)
        shown_now = entries[0]
        assert shown_now["id"] == hidden[-1] and shown_now["disclosed_on"] == day.isoformat()
        assert "was not disclosed before" in shown_now["text"]["en"] and "未予告知" in shown_now["text"]["zh"]
        proofs = [(await shown.get(watched, f"{PATH}/{each}/proof")).json() for each in hidden]
        assert [(await proven(shown, proof))["id"] for proof in proofs] == hidden
        assert proofs[-1]["index"] < (await _index(shown, last)), "the leaf is the one of the look, not a new one"
        totals = (await shown.rig.client.get("/v1/log/delayed")).json()["items"]
        [total] = [each for each in totals if each["law"] == purpose.discloses_basis]
        assert total["undisclosed"] == 0 and total["entries"] >= 3


async def _index(shown: Shown, entry_id: str) -> int:
    connection = await shown.log.connect()
    try:
        return await connection.fetchval("select index from entry where id = $1", entry_id)
    finally:
        await connection.close()


async def test_the_tree_is_public_and_full_tiles_never_change(shown: Shown) -> None:
    client = shown.rig.client
    people = [str(Pseudonym.new("gateway")) for _ in range(50)]
    for _ in range(6):
        last = await shown.log.look(*people)
    await shown.log.look(people[0])
    await shown.merged(await shown.person(), last)
    note, key = await client.get("/v1/log/checkpoint"), await client.get("/v1/log/key")
    assert note.headers["content-type"].startswith("text/plain") and note.headers["cache-control"] == "no-cache"
    size = opened(note.text, key.text.strip()).size
    assert size > 256
    full = await client.get("/v1/log/tile/0/000")
    assert len(full.content) == 256 * 32 and "immutable" in full.headers["cache-control"]
    first = await client.get("/v1/log/tile/0/000.p/3")
    assert first.content == full.content[:96] and "immutable" not in first.headers["cache-control"]
    above = await client.get("/v1/log/tile/1/000.p/1")
    assert above.status_code == 200 and len(above.content) == 32
    for absent in ("0/999", "1/000", "63/000", "0/x001/000"):
        refused = await client.get(f"/v1/log/tile/{absent}")
        assert (refused.status_code, refused.json()["code"]) == (404, "not-found")
    assert (await client.get("/v1/log/tile/0/1")).status_code == 422


async def test_only_a_citizen_or_who_acts_for_an_organisation_is_shown_entries(shown: Shown) -> None:
    for path in (PATH, f"{PATH}/{'a' * 22}", f"{PATH}/{'a' * 22}/proof"):
        assert (await shown.rig.client.get(path)).status_code == 401
        agency = shown.rig.as_agency(method="GET", path=path)
        assert (await shown.rig.client.get(path, headers=agency)).status_code == 403
