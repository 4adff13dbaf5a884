"""What somebody asked for goes on when two entries become one: decided or refused by name, never an error."""

from typing import Any

import pytest

pytestmark = pytest.mark.rule("domain-7", "domain-8")
GRANT = {"outcome": "granted", "reason": "符合条件。"}
EVIDENCE = [{"kind": "inquiry-report", "reference": "调查2026-3"}]


async def merged(officer: Any, survivor: Any, losing: Any) -> Any:
    asked = {"survivor": survivor["person"], "losing": losing["person"], "grounds": "同一人", "evidence": EVIDENCE}
    proposed = await officer("first").done("/v1/person-merges", asked)
    return await officer("second").done(f"/v1/link-decisions/{proposed['id']}/confirmation")


@pytest.mark.parametrize("agreed_first", [True, False])
async def test_nobody_marries_themself_after_a_merge(
    agreed_first: bool, officer: Any, office: Any, citizen: Any, couple: Any, named: Any, problem: Any
) -> None:
    man, woman = await couple()
    asked = await citizen(man).done("/v1/marriage-applications", {"spouse": named(woman)})
    path = f"/v1/cases/{asked['urn']}"
    if agreed_first:
        await citizen(woman).done(f"{path}/consents")
    await merged(officer, man, woman)
    if not agreed_first:
        await citizen(man).done(f"{path}/consents")
    now = await citizen(man).read(path)
    decided = await office.post(f"{path}/decisions", GRANT, version=now["version"])
    assert problem(decided) == (409, "kinship-not-possible")
    grounds = {"basis": "population-office.refusal", "evidence": [asked["urn"]]}
    refusal = {"outcome": "refused", "reason": "同一人。", "grounds": grounds}
    assert (await officer("officer-3").done(f"{path}/decisions", refusal, version=now["version"]))["body"][
        "state"
    ] == "refused"
