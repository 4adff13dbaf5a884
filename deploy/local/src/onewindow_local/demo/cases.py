"""Cases as their people meet them: a party answers through the gateway, an officer decides at the department."""

from __future__ import annotations

from typing import Any

from onewindow_local.demo.city import Caller, Citizen, Done

REASON = "材料齐全，符合规定。"


async def consent(citizen: Citizen, department: str, case: str) -> Done:
    return await citizen.command(department, "consentToCase", path={"urn": case})


async def withdraw(citizen: Citizen, department: str, case: str) -> Done:
    return await citizen.command(department, "withdrawCase", path={"urn": case})


async def decide(office: Caller, case: str, *, granted: bool = True, reason: str = REASON, **more: Any) -> Done:
    """The office's decision on the case as it stands; ``more`` is what its department asks for besides.

    Where nothing else is given the case itself bears a refusal out.
    """
    now = await office.get(f"/v1/cases/{case}")
    body = {"outcome": "granted" if granted else "refused", "reason": reason, **more}
    if not granted:
        # urn:onewindow:<instance>.<office>:case:<id>
        body = {"grounds": {"basis": f"{case.split(':')[2].partition('.')[2]}.refusal", "evidence": [case]}} | body
    return await office.do(f"/v1/cases/{case}/decisions", body, at=f'"{now["version"]}"')


async def of_kind(citizen: Citizen, department: str, kind: str, *, after: Done | None = None) -> dict[str, Any]:
    """The citizen's newest case of a kind, as the window shows it."""
    cases = await citizen.records(f"{department}.case", after=after)
    return next(case for case in cases if case["body"]["kind"] == kind)
