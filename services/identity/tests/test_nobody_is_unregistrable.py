"""Late registration: each category has its own evidence, none asks for proof of birth policy, and nobody is left out."""

from datetime import timedelta
from typing import Any

import pytest
from onewindow_contracts import loader
from onewindow_kit.clock import today

TODAY = today()
XIHU = "330106"
PARAMETER = loader.load().parameter("identity.late-registration-evidence", TODAY)
RESTORING = ("declared-dead",)


def application(category: str, evidence: list[str], **more: Any) -> dict[str, Any]:
    papers = [{"kind": kind, "reference": "A-1"} for kind in evidence]
    entries = {"name": "无名", "sex": "2", "birth_date": "1990-02-03", "ethnic_group": "01", "division": XIHU}
    return {"category": category, "evidence": papers, **entries, **more}


@pytest.mark.parametrize("category", [c for c in PARAMETER if c not in RESTORING])
@pytest.mark.rule("domain-4", "identity.late-registration-evidence")
async def test_each_category_registers_with_its_own_evidence(category: str, office: Any, current_number: Any) -> None:
    person = await office.done("/v1/late-registrations", application(category, PARAMETER[category][0]))

    assert person["entries"]["standing"] == "registered"
    assert person["registration"]["body"]["entry"] == "late-registration"
    assert current_number(person).startswith(f"{XIHU}19900203")


@pytest.mark.parametrize("category", list(PARAMETER))
@pytest.mark.rule("domain-4", "identity.late-registration-evidence")
async def test_other_evidence_is_refused_and_missing_evidence_named(category: str, office: Any, problem: Any) -> None:
    policy = await office.post("/v1/late-registrations", application(category, ["funeral-certificate"]))
    assert problem(policy) == (409, "evidence-not-admitted")
    unknown = await office.post("/v1/late-registrations", application(category, ["birth-permit"]))
    assert problem(unknown) == (409, "unknown-code"), "proof of birth policy is no kind of evidence at all"
    alternatives = PARAMETER[category]
    part = [alternatives[-1][-1]]
    if part not in alternatives:
        answer = await office.post("/v1/late-registrations", application(category, part))
        assert problem(answer) == (409, "evidence-missing")


async def test_who_was_declared_dead_returns_as_the_same_person(town: Any, office: Any, problem: Any) -> None:
    _, person = await town.household()
    death = {"died_on": TODAY - timedelta(days=1), "evidence": [{"kind": "court-judgment", "reference": "J-1"}]}
    dead = await office.done(f"/v1/persons/{person['person']}/death", death, version=person["version"])
    entries = {name: dead["entries"][name] for name in ("name", "sex", "birth_date", "ethnic_group")}
    back = application("declared-dead", ["court-judgment"], **entries)
    assert problem(await office.post("/v1/late-registrations", back)) == (409, "person-required")
    other = back | {"person": person["person"], "name": "别人"}
    assert problem(await office.post("/v1/late-registrations", other)) == (409, "entries-differ")

    alive = await office.done("/v1/late-registrations", back | {"person": person["person"]})

    assert alive["person"] == person["person"]
    assert alive["entries"]["standing"] == "registered"
    assert alive["entries"]["died_on"] is None
    again = await office.post("/v1/late-registrations", back | {"person": person["person"]})
    assert problem(again) == (409, "already-registered")


async def test_a_place_is_needed_and_the_community_register_takes_whom_no_household_takes(
    office: Any, problem: Any
) -> None:
    nowhere = application("other", ["inquiry-report"], division=None)
    assert problem(await office.post("/v1/late-registrations", nowhere)) == (409, "place-required")
    elsewhere = application("other", ["inquiry-report"], division="110101")
    assert problem(await office.post("/v1/late-registrations", elsewhere)) == (409, "division-outside-jurisdiction")
    one = await office.done("/v1/late-registrations", application("other", ["inquiry-report"]))
    two = await office.done("/v1/late-registrations", application("other", ["inquiry-report"]))
    assert one["registration"]["body"]["household"] == two["registration"]["body"]["household"]
