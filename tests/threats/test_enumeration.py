"""Going through numbers, names or people until something answers: counted, told to the supervisors, and never of use."""

import json
from datetime import date

from onewindow_kit.testing import eventually
from onewindow_local.demo.city import citizen_number

from .clerks import BUDGET, Clerk, Subject, everybody
from .conftest import Nodes


def strangers(many: int) -> list[Subject]:
    """Well-formed numbers that nobody here has, each of another birthday."""
    days = (date(1950 + n // 12, 1 + n % 12, 17) for n in range(many))
    return [{"scheme": "cn-id", "number": citizen_number(day), "name": "无此人"} for day in days]


def neighbours(many: int) -> list[Subject]:
    """Numbers of one district and birthday, one after the other."""
    numbers: set[str] = set()
    while len(numbers) < many:
        numbers.add(citizen_number(date(1903, 2, 3)))
    return [{"scheme": "cn-id", "number": number, "name": "无此人"} for number in sorted(numbers)]


async def test_failed_look_ups_count_against_the_budget_and_lock(nodes: Nodes):
    clerk = await Clerk.new(nodes, "guessing")
    told = [await clerk.ask(each, n % 2) for n, each in enumerate(strangers(BUDGET + 4))]
    missed = told.count((404, "person-not-found"))
    assert BUDGET <= missed <= BUDGET + 1, f"{missed} questions were answered"
    assert told[-1] == (403, "actor-locked")
    # a node that has not heard of the other's lock refuses for the budget that it has folded
    assert (await clerk.ask(everybody(nodes.city)[0], 0))[1] in ("actor-locked", "actor-budget-reached")
    alarm = await eventually(lambda: _one(clerk, "enumeration"), within=30)
    assert "无此人" not in json.dumps(alarm, ensure_ascii=False)


async def test_numbers_in_sequence_are_told_before_a_budget_is_reached(nodes: Nodes):
    clerk = await Clerk.new(nodes, "counting")
    for number, each in enumerate(neighbours(6)):
        assert await clerk.ask(each, number % 2) == (404, "person-not-found")
    alarm = await eventually(lambda: _one(clerk, "sequential"), within=30)
    assert alarm["entry"] and not any(each["number"][:14] in json.dumps(alarm) for each in neighbours(1))


async def test_a_name_tried_at_a_known_number_is_answered_like_a_number_that_nobody_has(nodes: Nodes):
    clerk, somebody = await Clerk.new(nodes, "trying"), everybody(nodes.city)[3]
    answers = []
    for subject in (somebody | {"name": "王不对"}, strangers(1)[0]):
        refused = await clerk.answer(subject, 0)
        assert refused.status_code == 404
        answers.append({name: value for name, value in refused.json().items() if name != "instance"})
    assert answers[0] == answers[1]


async def test_a_person_who_does_not_exist_tells_of_whoever_looks(nodes: Nodes):
    city = nodes.city
    canary = json.loads(city.instance.people_file.read_text())[5]
    city.onewindow("canary", canary["ref"])
    clerk = await Clerk.new(nodes, "snooping")
    subject = {name: canary[name] for name in ("scheme", "number", "name")}

    async def told() -> dict | None:
        # The list is read every few seconds: until then a look is like any other, and so it is for the clerk afterwards.
        assert await clerk.ask(subject, 1) == (200, "")
        return await _one(clerk, "canary")

    alarm = await eventually(told, within=60, every=1)
    assert alarm["entry"] and canary["number"] not in json.dumps(alarm)
    assert canary["number"] not in (city.instance.keys / "canaries").read_text()


async def test_looking_at_one_person_again_and_again_is_told(nodes: Nodes):
    clerk, star = await Clerk.new(nodes, "fond"), everybody(nodes.city)[7]
    for number in range(10):
        assert await clerk.ask(star, number % 2) == (200, "")
    alarm = await eventually(lambda: _one(clerk, "repeat"), within=30)
    assert alarm["count"] == 10 and not (await clerk.lock())


async def _one(clerk: Clerk, kind: str) -> dict | None:
    """The alarm, once it is there; two of a kind would be one too many."""
    found = await clerk.alarms(kind)
    assert len({each["id"] for each in found}) == len(found)
    return found[0] if found else None
