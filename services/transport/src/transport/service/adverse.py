"""What offices of transport do to people: refuse an application, or take a licence away; and how it is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import orjson
from onewindow_kit.adverse import Act, Effect, Kind, Wanted
from onewindow_kit.adverse.problems import ActOvertaken
from onewindow_kit.adverse.refused import application_refused
from onewindow_kit.cases import Cases
from onewindow_kit.decide import Principal
from onewindow_kit.evidence.own import Stands
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain import licences as domain
from transport.domain.days import plausible
from transport.domain.licences import Licence, LicenceRules
from transport.events.roads import VIOLATION
from transport.service import licences as service
from transport.service.desk import VEHICLE_ADMINISTRATION, Acting, Desk
from transport.store import licences, rows
from transport.tables import DrivingLicence

RETAINED, CANCELLED = "licence-retained", "licence-cancelled"
TWELVE_POINTS = f"{VEHICLE_ADMINISTRATION}.twelve-points"
UNDONE = service.Grounds("原决定有误，予以撤销 / the decision was wrong and is undone", "可就损失申请国家赔偿")
EVIDENCE_MOST = 20  # not a rule: what the contract lets an act name
Decision = Callable[[Licence, date, LicenceRules, Mapping[str, Any]], Licence]

DECISIONS: dict[str, Decision] = {
    RETAINED: lambda held, on, _rules, _content: domain.retain(held, on),
    "licence-suspended": lambda held, on, rules, content: domain.suspend(held, on, _day(content["until"]), rules),
    "licence-use-stopped": lambda held, on, _rules, _content: domain.stop_use(held, on),
    "licence-revoked": lambda held, on, _rules, content: domain.revoke(held, on, _day(content["barred_until"])),
    "licence-annulled": lambda held, on, rules, _content: domain.annul(held, on, rules),
}
"""What each kind does to a licence; ``content`` holds what else was decided, days as texts."""


def _stands(envelope: Mapping[str, Any]) -> bool:
    return envelope["body"]["state"] != "annulled"


STANDS: dict[str, Stands] = {VIOLATION: _stands}
"""A violation that was annulled bears nobody out."""


def kinds(cases: Cases) -> tuple[Kind, ...]:
    """Every adverse act of this department."""
    by_decision = [Kind(name, "restrictive", _restrict, _restore) for name in DECISIONS]
    return (application_refused(cases, _as_author), *by_decision, Kind(CANCELLED, "restrictive", _restrict, _restore))


async def restrict(
    desk: Desk,
    session: AsyncSession,
    caller: Principal,
    kind: str,
    urn: str,
    version: int,
    *,
    effective_on: date,
    legal_basis: str,
    reason: str,
    remedy: str,
    basis: str,
    evidence: Sequence[str],
    **more: str | None,
) -> Act:
    """An officer wants a licence taken: what the law forbids is refused at once, the rest waits for a second unit."""
    plausible(desk.today(), effective_on=effective_on)
    row = await rows.locked(session, DrivingLicence, urn, version)
    DECISIONS[kind](licences.licence(row), effective_on, desk.rules.licences(effective_on), more)
    content = {
        "licence": urn,
        "version": version,
        "effective_on": effective_on.isoformat(),
        "legal_basis": legal_basis,
        "remedy": remedy,
        **more,
    }
    wanted = Wanted(row.holder, reason, evidence, content, [urn])
    [act] = await desk.acts.propose(Acting(desk, caller), session, caller, kind, basis, [wanted], desk.today())
    return act


async def counted(
    desk: Desk, session: AsyncSession, row: DrivingLicence, before: Licence, violations: Sequence[str], on: date
) -> None:
    """Twelve points stand, and the law has taken the licence: the violations are the evidence."""
    kind = CANCELLED if row.state == "cancelled" else RETAINED
    reason = row.decision_reason or ""
    wanted = Wanted(row.holder, reason, sorted(violations)[:EVIDENCE_MOST], {"licence": row.urn}, [row.urn])
    authority = desk.authority(VEHICLE_ADMINISTRATION)
    kept = _kept(before, row)
    await desk.acts.by_law(session, kind, TWELVE_POINTS, authority, wanted, [row.urn], kept, on)


async def _restrict(acting: Acting, session: AsyncSession, act: Act) -> Effect:
    desk, content = acting.desk, act.content
    row = await rows.locked(session, DrivingLicence, content["licence"], None)
    if row.version != content["version"]:
        raise ActOvertaken
    before = licences.licence(row)
    await service.decide(
        desk,
        session,
        row.urn,
        row.version,
        lambda held, on, rules: DECISIONS[act.kind](held, on, rules, content),
        effective_on=date.fromisoformat(content["effective_on"]),
        legal_basis=content["legal_basis"],
        grounds=service.Grounds(act.reason, content["remedy"]),
    )
    return Effect([row.urn], _kept(before, row))


async def _restore(acting: Acting, session: AsyncSession, act: Act) -> Sequence[str]:
    """The licence as it was before; ActOvertaken when something else was decided since."""
    desk, before = acting.desk, act.before
    row = await rows.locked(session, DrivingLicence, act.content["licence"], None)
    if row.version != before["version"]:
        raise ActOvertaken
    days = ("first_issued_on", "valid_from", "valid_until", "state_since", "state_until")
    kept = before["licence"]
    value = Licence(**kept | {name: _day(kept[name]) for name in days} | {"classes": tuple(kept["classes"])})
    await service.undo(desk, session, row, value, act.legal_basis, UNDONE)
    return [row.urn]


def _kept(before: Licence, row: DrivingLicence) -> dict[str, Any]:
    return {"version": row.version, "licence": orjson.loads(orjson.dumps(asdict(before)))}


def _as_author(acting: Acting, act: Act) -> Acting:
    """A refusal that was held is decided as its author stated it, whoever released it."""
    caller = None if acting.caller is None else replace(acting.caller, actor=act.author.id)
    return replace(acting, caller=caller, answer=act.content["answer"])


def _day(text: str | None) -> Any:
    return None if text is None else date.fromisoformat(text)
