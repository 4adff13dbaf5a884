"""A department's reads of people: decided first, counted and recorded before they leave, or they do not leave."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from onewindow_kit.decide import Count, Usage
from onewindow_kit.guard import looks as looking
from onewindow_kit.guard import subjects
from onewindow_kit.operations import operations

from .guarded import ANNA, BEN, CARA, PATHS, URN, Rig, contract, department


@pytest_asyncio.fixture
async def toys(tmp_path: Path) -> AsyncIterator[Rig]:
    async with department(tmp_path) as rig:
        yield rig


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_each_person_on_a_page_gets_an_entry_before_the_page_leaves(toys: Rig) -> None:
    answer = await toys.ask("/v1/people")
    assert answer.status_code == 200
    assert (answer.headers["Onewindow-Entry"], answer.headers["Onewindow-Entries"]) == ("e" * 22, "2")
    [(seen, people)] = toys.record.entries
    assert people == [ANNA, BEN]
    assert (seen.kind, seen.outcome, seen.reason) == ("register", "answered", "within-purpose")
    assert (seen.purpose, seen.legal_basis, seen.actor) == ("toy-office.register", "玩具法", "o-1")
    assert (seen.operation, seen.records) == ("toys.listPeople", {"toys.toy": frozenset({"name", "you"})})


async def test_a_record_without_its_subjects_shows_those_whom_the_store_names(toys: Rig) -> None:
    assert (await toys.ask(f"/v1/toys/{URN}")).status_code == 200
    assert [people for _, people in toys.record.entries] == [[CARA]]


async def test_a_picture_shows_whom_the_use_case_names(toys: Rig) -> None:
    assert (await toys.ask("/v1/told")).content.startswith(b"\x89PNG")
    assert [people for _, people in toys.record.entries] == [[BEN]]


async def test_a_made_up_name_in_the_query_stands_for_nobody(toys: Rig) -> None:
    for path, looked_at in (("/v1/people", [ANNA, BEN]), (f"/v1/toys/{URN}", [CARA]), ("/v1/told", [BEN])):
        assert (await toys.ask(f"{path}?x=toys.1.{'z' * 22}", officer=path[4:7])).status_code == 200
        assert toys.record.entries.pop()[1] == looked_at
    answer = await toys.ask(f"/v1/forgetful?x=toys.1.{'z' * 22}")
    assert told(answer) == (500, "internal"), "it is no way to let out what names nobody"


async def test_an_answer_that_names_nobody_whom_it_shows_does_not_leave(toys: Rig, monkeypatch) -> None:
    answer = await toys.ask("/v1/forgetful")
    assert told(answer) == (500, "internal") and "name of" not in answer.text and "a person's" not in answer.text
    assert not toys.record.entries
    monkeypatch.setattr(subjects, "empty", lambda _answer: True)  # planted: nothing is found wrong
    assert "a person's name" in (await toys.ask("/v1/forgetful")).text, "the guard is what held it back"


async def test_without_an_acknowledged_entry_nothing_is_shown(toys: Rig) -> None:
    toys.record.silent = True
    for path in ("/v1/people", f"/v1/toys/{URN}", "/v1/told"):
        answer = await toys.ask(path)
        assert told(answer) == (503, "entry-not-kept") and ANNA not in answer.text


@pytest.mark.parametrize(
    ("purpose", "officer", "code"),
    [
        ("toy-office.other", "o-1", "beyond-purpose"),
        ("toy-office.register", None, "actor-missing"),
        ("toy-office.machine", "o-1", "purpose-not-held"),
        ("nonsense", "o-1", "purpose-unknown"),
    ],
)
async def test_no_read_is_begun_for_a_purpose_that_does_not_cover_it(toys: Rig, purpose, officer, code) -> None:
    for path, (_, method, shows) in PATHS.items():
        answer = await toys.ask(path, purpose, officer, **({"number": "1"} if method == "post" else {}))
        if shows:
            assert told(answer) == (403, code)
            seen, people = toys.record.entries.pop()
            assert (seen.outcome, seen.reason, people) == ("refused", code, [None])
        else:
            assert answer.status_code == 200 and not toys.record.entries


async def test_whoever_is_not_even_let_in_is_recorded_too(toys: Rig) -> None:
    foreign = toys.issuer.agency("third-office", "toys", sector="toys", purpose="toy-office.register", officer="o-1")
    assert told(await toys.as_(foreign, "/v1/people")) == (403, "forbidden")
    [(seen, people)] = toys.record.entries
    assert (seen.outcome, seen.reason, seen.organisation, people) == (
        *("refused", "operation-not-open", "demo.third-office"),
        [None],
    )


async def test_a_machine_looks_for_the_purpose_that_names_it(toys: Rig) -> None:
    assert (await toys.as_(toys.issuer.service("gateway", "toys"), "/v1/people")).status_code == 200
    [(seen, _)] = toys.record.entries
    assert (seen.kind, seen.purpose, seen.actor) == ("service", "toy-office.machine", None)


async def test_failed_lookups_count_against_the_budget_and_tell_nothing(toys: Rig) -> None:
    found = await toys.ask("/v1/lookups", number="1", scheme="s", name="n")
    missed = await toys.ask("/v1/lookups", number="2", scheme="s", name="n")
    again = await toys.ask("/v1/lookups", number="2", scheme="s", name="n")
    assert (found.status_code, told(missed), told(again)) == (200, (404, "not-found"), (404, "not-found"))
    asked = [(seen.outcome, seen.asked, people) for seen, people in toys.record.entries]
    assert [outcome for outcome, _, _ in asked] == ["answered", "not-found", "not-found"]
    assert asked[1][1] == asked[2][1] != asked[0][1] and asked[1][2] == [None]
    assert "2" not in {asked[1][1]}
    third = await toys.ask("/v1/lookups", number="3", scheme="s", name="n")
    assert told(third) == (403, "actor-budget-reached"), "two people were asked for: one found, one not"
    assert told(await toys.ask("/v1/lookups", number="1", scheme="s", name="n")) == (403, "actor-locked")
    assert (await toys.ask("/v1/lookups", officer="o-2", number="1", scheme="s", name="n")).status_code == 200


async def test_a_page_that_would_show_too_many_shows_nobody(toys: Rig) -> None:
    assert (await toys.ask(f"/v1/toys/{URN}")).status_code == 200
    answer = await toys.ask("/v1/people")
    assert told(answer) == (403, "actor-budget-reached") and ANNA not in answer.text


async def test_a_department_that_does_not_count_is_caught(toys: Rig, monkeypatch) -> None:
    """Planted: looks that are decided, but count nobody."""
    nobody = Usage({"actor-hour": Count(0, 0), "organisation-hour": Count(0, 0)})
    monkeypatch.setattr(
        looking.Looks, "_governed", lambda _, look, _who, judge: judge(look.caller, look.purpose, look.wanted, nobody)
    )
    with pytest.raises(KeyError, match="code"):
        await test_a_page_that_would_show_too_many_shows_nobody(toys)


def test_a_read_that_does_not_say_whom_it_shows_cannot_start() -> None:
    dormant = contract()
    del dormant["paths"]["/v1/people"]["get"]["x-shows"]
    with pytest.raises(ValueError, match="x-shows"):
        operations(dormant)
