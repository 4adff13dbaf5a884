"""1,317 depositors who stand before a bank are to be coded red; some of them were never there. Nothing happens to anybody.

What prevents it: evidence that the keeping department confirms, a supervisor for too many people on one day, a second unit.
What does not prevent it is silence: the attempt stands in each one's record, for them to see and contest.
"""

import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from onewindow_kit.testing import eventually
from onewindow_local.demo.city import Citizen, City, Refused

from .conftest import Nodes
from .health import CONTRACTS, SERVICE, Acts, Commission, Depositors, depositors, running

COUNT, NEVER_THERE = 1317, 17


@dataclass(frozen=True)
class Attempt:
    """What became of each depositor's act, in the order of the people; the last ones were never there."""

    city: City
    commission: Commission
    crowd: Depositors
    acts: Acts


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def attempt(nodes: Nodes, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Attempt]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONEWINDOW_CONTRACTS", CONTRACTS)
        patch.setenv("PYTHONPATH", str(SERVICE))  # for the department's own command that opens its records
        folder: Path = tmp_path_factory.mktemp("depositors")
        async with running(nodes.city):
            crowd = await depositors(nodes.city, COUNT, folder)
            commission = Commission(nodes.city)
            visits = await commission.seen(crowd.pseudonyms)
            # Somebody else's visit is named for those who were never there.
            said = [*visits[:-NEVER_THERE], *visits[:NEVER_THERE]]
            acts, _ = await commission.redden({p: [v] for p, v in zip(crowd.pseudonyms, said, strict=True)})
            yield Attempt(nodes.city, commission, crowd, acts)


async def health(window: Citizen, record_type: str) -> list[dict[str, Any]]:
    return [record["body"] for record in await window.records(f"health.{record_type}")]


async def test_nobody_of_1317_people_is_coded_red_by_one_unit(attempt: Attempt) -> None:
    assert len(attempt.crowd.pseudonyms) == COUNT
    outcomes = Counter((act["state"], *act["held_for"], act["refusal"]) for act in attempt.acts)
    assert outcomes == {
        ("held", "too-many-subjects", None): COUNT - NEVER_THERE,
        ("refused", "evidence-not-confirmed"): NEVER_THERE,
    }
    with pytest.raises(Refused) as refused:
        await attempt.commission.decide(attempt.acts[:1])
    assert refused.value.code == "act-decided", "not even two units can do what waits for the supervisor"
    colours = Counter(body["body"]["colour"] for body in _snapshot(attempt.city, "code"))
    assert colours == {"green": COUNT}


async def test_the_attempt_stands_in_each_ones_record(attempt: Attempt) -> None:
    stands = {record["subjects"][0]["pseudonym"]: record["body"] for record in _snapshot(attempt.city, "adverse-act")}
    assert stands.keys() == set(attempt.crowd.pseudonyms)
    assert {body["reason"] for body in stands.values()} == {"到访风险场所"}


@pytest.mark.parametrize(("place", "state"), [(0, "held"), (-1, "refused")])
async def test_the_citizen_reads_who_tried_what_why_on_which_evidence_and_what_to_do(
    attempt: Attempt, place: int, state: str
) -> None:
    window = await attempt.city.citizen(attempt.crowd.people[place])

    async def told() -> dict[str, Any] | None:
        return next(iter(await health(window, "adverse-act")), None)

    body = await eventually(told, within=5)
    assert (body["state"], body["kind"], body["degree"]) == (state, "code-restricted", "restrictive")
    assert body["evidence"] and body["basis"] and body["remedy"]["zh"] and body["remedy"]["en"]
    assert "author" not in body, "the office answers for it, and its unit; who sat there is the supervisor's to know"
    [record] = await window.records("health.adverse-act")
    assert record["authority"] == "demo.health-commission" and record["legal_basis"]
    [code] = await health(window, "code")
    assert code["colour"] == "green"


async def test_what_the_supervisor_refuses_never_happens(attempt: Attempt) -> None:
    held = [act for act in attempt.acts if act["state"] == "held"]
    refused = await attempt.commission.rule(held[1:], "refused")
    assert Counter((act["state"], act["refusal"]) for act in refused) == {
        ("refused", "supervisor-refused"): COUNT - NEVER_THERE - 1
    }


async def test_one_case_that_stands_takes_two_units_is_seen_within_a_second_and_can_be_undone(attempt: Attempt) -> None:
    [released] = await attempt.commission.rule(attempt.acts[:1], "released")
    assert released["state"] == "proposed"
    with pytest.raises(Refused) as refused:
        await attempt.commission.decide([released], "officer-3", "control")
    assert refused.value.code == "approver-same-unit"
    window = await attempt.city.citizen(attempt.crowd.people[0])
    assert (await health(window, "code"))[0]["colour"] == "green"

    [done] = await attempt.commission.decide([released])
    began = time.monotonic()
    await eventually(lambda: _is(window, "red"), within=5)
    assert time.monotonic() - began < 1
    [body] = await health(window, "adverse-act")
    assert [ruling["outcome"] for ruling in body["rulings"]] == ["released", "approved"]

    await attempt.commission.undo(done)
    await eventually(lambda: _is(window, "green"), within=5)
    [body] = await health(window, "adverse-act")
    assert body["state"] == "undone" and body["compensation"]
    [case] = await health(window, "case")
    assert (case["kind"], case["state"]) == ("compensation", "pending")


async def _is(window: Citizen, colour: str) -> bool:
    return (await health(window, "code"))[0]["colour"] == colour


def _snapshot(city: City, record_type: str) -> list[dict[str, Any]]:
    """Every record of a type, opened by the department's own key."""
    lines = city.snapshot("health").splitlines()
    return [record for record in map(json.loads, lines) if record["contract"] == f"health.{record_type}.v1"]
