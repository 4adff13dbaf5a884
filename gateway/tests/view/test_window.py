"""From an event in Kafka to what a person sees in the window."""

from __future__ import annotations

import orjson
import pytest
from gateway.view.section import SHOWN
from onewindow_kit.problems import InvalidCursor
from onewindow_kit.records import new_urn
from onewindow_kit.testing import eventually

from .conftest import Stage
from .library import OFFICE
from .world import section_of, subject, window_of

LOAN = "library.loan.v1"


async def test_a_loan_is_in_the_borrowers_window_and_in_nobody_elses(stage: Stage) -> None:
    world, view = stage.world, stage.view
    borrower, other = await world.born(), await world.born()
    urn = await world.loan(borrower, due_on="2026-12-01")
    await view.wait([(urn, 1), (borrower.link, 1), (other.link, 1)])
    section = section_of(window_of(view, borrower), "library")
    assert section["title"] == {"zh": "图书馆", "en": "Library"}
    assert section["authorities"] == [OFFICE]
    [record] = section["records"]["library.loan"]
    assert (record["urn"], record["version"], record["change"]) == (urn, 1, "created")
    assert record["you"] == [{"role": "borrower", "from": "2026-01-01", "until": None, "part": None}]
    assert record["body"] == {"book": "红楼梦", "due_on": "2026-12-01"}
    assert "subjects" not in record
    assert section_of(window_of(view, other), "library")["records"] == {}


async def test_a_window_has_every_section_of_the_contracts_and_nothing_for_a_stranger(stage: Stage) -> None:
    names = [section["section"] for section in window_of(stage.view, stage.world.person())["sections"]]
    assert names == sorted({t.section for t in stage.view.frame.shapes.topics.values() if t.section})
    assert {"identity", "housing", "transport", "library"} <= set(names)


async def test_each_subject_sees_what_its_role_may_see_and_never_the_others(stage: Stage) -> None:
    world, view = stage.world, stage.view
    borrower, guarantor = await world.born(), await world.born()
    urn = new_urn(OFFICE, "loan")
    body = {
        "book": "西游记",
        "fine_fen": 1250,
        "note": "for the office only",
        "remark": "has no class",
        "shelf": {"room": "3", "camera": "no class either"},
    }
    subjects = [subject(borrower["library"], "borrower", part="1/2"), subject(guarantor["library"], "guarantor")]
    await world.publish(LOAN, urn, 1, subjects, body)
    await view.wait([(urn, 1), (borrower.link, 1), (guarantor.link, 1)])
    [hers] = section_of(window_of(view, borrower), "library")["records"]["library.loan"]
    [his] = section_of(window_of(view, guarantor), "library")["records"]["library.loan"]
    assert hers["body"] == {"book": "西游记", "fine_fen": 1250, "shelf": {"room": "3"}}
    assert his["body"] == {"book": "西游记", "shelf": {"room": "3"}}
    assert (hers["you"][0]["part"], his["you"][0]["role"]) == ("1/2", "guarantor")
    for person in (borrower, guarantor):
        seen = orjson.dumps(window_of(view, person))
        assert all(text not in seen for text in (b"office only", b"no class", borrower["library"].encode()))
    [(topic, stored)] = view.opened(borrower["gateway"], [LOAN])
    assert topic == LOAN and "remark" not in stored["body"] and stored["body"]["note"] == "for the office only"
    assert "subjects" not in stored and stored["you"][0]["role"] == "borrower"


async def test_a_record_leaves_the_window_of_whom_it_no_longer_names(stage: Stage) -> None:
    world, view = stage.world, stage.view
    seller, buyer = await world.born(), await world.born()
    urn = await world.loan(seller)
    until = subject(seller["library"], "borrower", until="2026-03-01")
    later = {"effective_on": "2026-03-01"}
    await world.publish(LOAN, urn, 2, [until, subject(buyer["library"], "borrower")], {"book": "b"}, **later)
    await view.wait([(urn, 2), (seller.link, 1), (buyer.link, 1)])
    assert section_of(window_of(view, seller), "library")["records"] == {}
    assert section_of(window_of(view, buyer), "library")["records"]["library.loan"][0]["version"] == 2
    past, _ = view.records(seller["gateway"], "library.loan", None, 10)
    assert orjson.loads(past[0])["you"][0]["until"] == "2026-03-01"
    await world.publish(LOAN, urn, 3, [subject(buyer["library"], "borrower")], {"book": "b"}, **later)
    await view.wait([(urn, 3)])
    assert view.records(seller["gateway"], "library.loan", None, 10) == ([], None)


async def test_an_ended_record_is_history_and_an_erased_one_is_gone(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    ended, erased = await world.loan(person), await world.loan(person)
    await world.publish(LOAN, ended, 2, [subject(person["library"], "borrower")], {"book": "b"}, change="ended")
    await world.send(LOAN, erased, 2, b"", "erased")
    await view.wait([(ended, 2), (erased, 2), (person.link, 1)])
    assert section_of(window_of(view, person), "library")["records"] == {}
    history, following = view.records(person["gateway"], "library.loan", None, 10)
    assert [orjson.loads(record)["change"] for record in history] == ["ended"] and following is None
    assert view.opened(person["gateway"], [LOAN]) == []
    with view.store.env.begin(db=view.store.databases["records"]) as transaction:
        assert len(transaction.get(erased.encode())) < 32  # version and nothing more


async def test_a_long_series_shows_its_newest_and_says_where_all_are(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    days = [f"2026-02-{day:02}" for day in range(1, 26)]
    urns = []
    for day in days:
        urn = new_urn(OFFICE, "loan")
        urns.append(urn)
        whom = [subject(person["library"], "borrower")]
        await world.publish(LOAN, urn, 1, whom, {"book": day}, effective_on=day, wait=day == days[-1])
    await world.producer.flush()
    await view.wait([(person.link, 1), *((urn, 1) for urn in urns)])

    def shown() -> list[str]:
        return [r["body"]["book"] for r in section_of(window_of(view, person), "library")["records"]["library.loan"]]

    def series() -> list[dict[str, object]]:
        return section_of(window_of(view, person), "library")["series"]

    assert shown() == days[: -SHOWN - 1 : -1]
    assert series() == [{"type": "library.loan", "count": 25, "href": "/v1/me/records?type=library.loan"}]
    # One that was shown ends: the newest of the hidden ones takes its place.
    whom = [subject(person["library"], "borrower")]
    await world.publish(LOAN, urns[-1], 2, whom, {"book": days[-1]}, effective_on=days[-1], change="ended")
    await view.wait([(urns[-1], 2)])
    assert shown() == days[-2 : -SHOWN - 2 : -1] and series()[0]["count"] == 24
    # One that was shown moves back in time, behind the hidden ones.
    await world.publish(LOAN, urns[-2], 2, whom, {"book": "moved"}, effective_on="2026-01-01")
    await view.wait([(urns[-2], 2)])
    assert "moved" not in shown() and len(shown()) == SHOWN and series()[0]["count"] == 24
    for urn, day in zip(urns[:4], days[:4], strict=True):
        await world.publish(LOAN, urn, 2, whom, {"book": day}, effective_on=day, change="ended")
    await view.wait([(urn, 2) for urn in urns[:4]])
    assert series() == [] and len(shown()) == 20 and shown()[-1] == "moved"

    pages, cursor = [], None
    while True:
        page, cursor = view.records(person["gateway"], "library.loan", cursor, 7)
        pages.append([orjson.loads(record)["effective_on"] for record in page])
        if cursor is None:
            break
    everything = [day for page in pages for day in page]
    assert [len(page) for page in pages] == [7, 7, 7, 4] and everything == sorted(everything)
    with pytest.raises(InvalidCursor):
        view.records(person["gateway"], "library.loan", "bm9uc2Vuc2U", 7)


async def test_identities_that_were_merged_have_one_window_under_both_names(stage: Stage) -> None:
    world, view = stage.world, stage.view
    one, two = await world.born(), await world.born()
    first, second = await world.loan(one), await world.loan(two)
    await view.wait([(first, 1), (second, 1), (one.link, 1), (two.link, 1)])
    # The survivor's record may come before or after the end of the other's.
    await world.link(one, 2, aliases=two.pseudonyms.values())
    await world.link(two, 2, gone=True)
    await view.wait([(one.link, 2), (two.link, 2)])
    for name in (one, two):
        records = section_of(window_of(view, name), "library")["records"]["library.loan"]
        assert {record["urn"] for record in records} == {first, second}
    assert view.current(two["gateway"]) == one["gateway"]
    assert view.subject(two["library"]) == one["gateway"] == view.subject(one["housing"])
    assert view.subject(world.person()["housing"]) is None
    urns = {orjson.loads(record)["urn"] for record in view.records(one["gateway"], "library.loan", None, 10)[0]}
    assert urns == {first, second}


async def test_a_department_is_as_fresh_as_its_newest_heartbeat_that_was_reached(stage: Stage) -> None:
    world, view = stage.world, stage.view

    def card_section() -> dict[str, object]:
        return section_of(window_of(view, world.person()), "library")

    at = await world.beat("library")
    section = await eventually(lambda: (s := card_section())["as_of"] == at and s)
    assert section["stale"] is False and 0 <= section["freshness"] < 10
    ahead = await world.beat("library", loan=1)
    again = await world.beat("identity")
    await eventually(lambda: section_of(window_of(view, world.person()), "identity")["as_of"] == again)
    assert card_section()["as_of"] == at  # what the heartbeat names has not come yet
    for _ in range(40):  # until each partition has one more
        await world.loan(world.person(), wait=True)
    await eventually(lambda: card_section()["as_of"] == ahead)


async def test_the_etag_changes_with_what_is_visible_and_not_with_freshness(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    urn = await world.loan(person)
    await view.wait([(urn, 1), (person.link, 1)])
    before = view.window(person["gateway"]).etag
    at = await world.beat("library")
    await eventually(lambda: section_of(window_of(view, person), "library")["as_of"] == at)
    assert view.window(person["gateway"]).etag == before
    await world.loan(person, urn, 2, due_on="2027-01-01")
    await view.wait([(urn, 2)])
    assert view.window(person["gateway"]).etag != before
