"""Rules of the purpose register: who holds one, for how long, what it reaches, and what a look costs whom."""

from __future__ import annotations

import re
from datetime import timedelta

from onewindow_contracts.lint.classes import SENSITIVITIES
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import followed
from onewindow_contracts.lint.world import World
from onewindow_contracts.purposes import Purpose

STANDING = "you"  # a purpose may name the person's own role, days and part in the record
LONGEST_EMERGENCY = timedelta(days=90)
LONGEST_PATTERN = 100
ASSESSMENT = re.compile(r"PIA-\d{4}-\d{4}")
RULED_ON, RULING = "adverse-act", "oversight"  # records on which the office of that service rules, whoever keeps them
MACHINES_ONLY = "operator"  # operators see streams, never people; they are no authority


def purposes_are_bounded(world: World) -> Findings:
    for purpose in world.purposes.values():
        yield from _named(purpose)
        yield from _held(world, purpose)
        yield from _timed(purpose)
        yield from _counted(purpose)
        yield from _acted(world, purpose)
        yield from _reaching(world, purpose)


def _fault(purpose: Purpose, where: str, missing: str, why: str, mend: str) -> Finding:
    return Finding(purpose.file, where, "purpose", missing, why, mend)


def _named(purpose: Purpose) -> Findings:
    if not purpose.id.startswith(f"{purpose.holder}.") or purpose.file.name != f"{purpose.id}.yaml":
        why = "people find a purpose by its holder and name"
        yield _fault(purpose, "/id", "the id is not <holder>.<name>, or not the file's name", why, "rename it")
    for side in ("title", "plain", "to"):
        if not all(text.strip() for text in getattr(purpose, side).values()):
            yield _fault(purpose, f"/{side}", "an empty text", "citizens read it beside each look", "write a sentence")
    if not purpose.legal_basis.strip():
        why = "without law nobody may look"
        yield _fault(purpose, "/legal_basis", "no legal basis", why, "name the law and its article")


def _held(world: World, purpose: Purpose) -> Findings:
    if purpose.holder == MACHINES_ONLY:
        if purpose.records or purpose.keeps:
            why = "who runs the machines must not read what passes through them"
            yield _fault(purpose, "/records", "a purpose of operators reaches people", why, "name an authority")
        return
    holders = [a for a in world.authorities.values() if a.name == purpose.holder]
    if not holders:
        missing = f"{purpose.holder} is no authority"
        yield _fault(purpose, "/holder", missing, "nobody could use it", "name an authority")
    granted = purpose.granted_to
    for holder in holders:
        why = "a renamed or replaced office holds nothing that was granted to another: every look would be refused"
        mend = "let the grant be reviewed, then write the holder's present name and code, or remove the purpose"
        if granted is None or (granted.name, granted.uscc) != (holder.title["zh"], holder.uscc):
            missing = f"it is not granted to {holder.title['zh']} {holder.uscc}"
            yield _fault(purpose, "/granted_to", missing, why, mend)
        if holder.successor is not None and holder.valid_until is None:
            missing = f"{purpose.holder} was followed by {holder.successor}"
            yield _fault(purpose, "/holder", missing, why, mend)
        if holder.valid_until is not None and purpose.valid_until >= holder.valid_until:
            missing = f"it outlasts its holder, which ends on {holder.valid_until}"
            yield _fault(
                purpose, "/valid_until", missing, why, "end it on the day before, or grant it to the successor"
            )


def _timed(purpose: Purpose) -> Findings:
    if purpose.valid_until <= purpose.valid_from:
        yield _fault(purpose, "/valid_until", "it expires before it begins", "a purpose needs a term", "mend the days")
    emergency = purpose.emergency
    if emergency is not None:
        if purpose.valid_until - purpose.valid_from >= LONGEST_EMERGENCY:
            missing = f"an emergency of more than {LONGEST_EMERGENCY.days} days"
            why = "what was allowed in haste must not become the rule"
            yield _fault(purpose, "/valid_until", missing, why, "end it earlier; grant an ordinary purpose if need be")
        if emergency.delete_within_days < 1 or not all(text.strip() for text in emergency.proof.values()):
            missing, why = "deletion is not proven", "data gathered in an emergency must be seen to be gone afterwards"
            mend = "write within_days (1 or more) and, as proof, which document says that it was deleted"
            yield _fault(purpose, "/emergency/deletion", missing, why, mend)
        if not emergency.act.strip():
            missing, why = "nobody declared the emergency", "only an act of government makes one"
            yield _fault(purpose, "/emergency/act", missing, why, "name the act")
    if purpose.discloses_on is not None:
        if purpose.discloses_on <= purpose.valid_from:
            missing, why = "looks are disclosed before there are any", "a fixed day lies after the first look"
            yield _fault(purpose, "/discloses/on", missing, why, "mend the days")
        if not (purpose.discloses_basis or "").strip():
            missing, why = "no law delays disclosure", "a citizen is told at once unless a law says otherwise"
            yield _fault(purpose, "/discloses/legal_basis", missing, why, "name the law, or remove discloses")


def _counted(purpose: Purpose) -> Findings:
    why = "a stolen credential, or a curious clerk, would reach everybody"
    names = [(b.of, b.per) for b in purpose.budgets]
    for index, budget in enumerate(purpose.budgets):
        where = pointer("budgets", index)
        if budget.of not in ("actor", "organisation") or budget.per not in ("hour", "day"):
            missing = f"nobody counts per {budget.of} and {budget.per}"
            yield _fault(purpose, where, missing, why, "count of actor or organisation, per hour or day")
        if budget.citizens < 1:
            yield _fault(purpose, where, "a budget of nobody", "it allows nothing", "write at least one citizen")
        if names.index((budget.of, budget.per)) != index:
            yield _fault(purpose, where, "a second budget of its kind", "only one can hold", "remove one")
    if not (purpose.records or purpose.keeps):
        return
    if ("organisation", "hour") not in names:
        mend = "add {of: organisation, per: hour, citizens: …} to budgets"
        yield _fault(purpose, "/budgets", "no budget of the organisation", why, mend)
    if purpose.acting_person and ("actor", "hour") not in names:
        mend = "add {of: actor, per: hour, citizens: …} to budgets"
        yield _fault(purpose, "/budgets", "no budget of an acting person", why, mend)
    if (most := purpose.adverse_subjects_per_day) is not None and most < 1:
        missing, why = "a threshold of nobody", "every adverse act would wait for a supervisor"
        yield _fault(purpose, "/adverse/subjects_per_day", missing, why, "write at least one, or remove adverse")


def _acted(world: World, purpose: Purpose) -> Findings:
    why = "a look is somebody's: a person's, or that of a machine which is named"
    for name in sorted(purpose.machines - world.holders):
        yield _fault(purpose, "/machines", f"there is no service {name}", why, "mend the name")
    if not purpose.acting_person and not purpose.machines and purpose.holder != MACHINES_ONLY:
        missing = "nobody acts: no acting person is asked for and no machine named"
        yield _fault(purpose, "/acting_person", missing, why, "write acting_person: true, or name machines")
    if purpose.case is not None:
        if len(purpose.case) > LONGEST_PATTERN:
            missing = f"a pattern of more than {LONGEST_PATTERN} characters"
            yield _fault(purpose, "/case/pattern", missing, "nobody can review it", "write a shorter one")
        elif not re.fullmatch(purpose.case, purpose.case_example or ""):
            missing, why = "the example does not fit the pattern", "callers learn from it how a case is named"
            yield _fault(purpose, "/case/example", missing, why, "mend one of them")


def _reaching(world: World, purpose: Purpose) -> Findings:
    if purpose.highest_sensitivity not in SENSITIVITIES:
        known = ", ".join(SENSITIVITIES)
        missing, why = "unknown sensitivity", "nothing could be compared with it"
        yield _fault(purpose, "/highest_sensitivity", missing, why, f"take {known}")
        return
    if purpose.assessment is not None and not ASSESSMENT.fullmatch(purpose.assessment):
        missing, why = f"{purpose.assessment!r} names no impact assessment", "nobody could find it"
        yield _fault(purpose, "/assessment", missing, why, "write PIA-<year>-<number>")
    if purpose.highest_sensitivity == "restricted" and purpose.assessment is None:
        why = "restricted data may be looked at only where somebody weighed the risk (PIPL 55)"
        mend = "write assessment: PIA-<year>-<number>, or lower highest_sensitivity"
        yield _fault(purpose, "/assessment", "restricted data without an impact assessment", why, mend)
    if not purpose.records and not purpose.keeps and purpose.holder != MACHINES_ONLY:
        yield _fault(purpose, "/records", "no fields", "it allows nothing", "name topics and fields")
    hosts = {a.host for a in world.authorities.values() if a.name == purpose.holder}
    for index, name in enumerate(purpose.keeps):
        topic = world.topics.get(name)
        received = topic is not None and not hosts.isdisjoint(topic.consumers) and not purpose.acting_person
        ruled = topic is not None and topic.record_type == RULED_ON and RULING in hosts
        own = topic is not None and purpose.holder in topic.authorities
        if topic is None or topic.kind != "record" or not (own or received or ruled):
            missing, why = (
                f"{purpose.holder} keeps no {name}",
                "an office sees whole what it keeps, a machine what it receives",
            )
            mend = "list single fields under records, or mend the topic"
            yield _fault(purpose, pointer("keeps", index), missing, why, mend)
    for index in range(len(purpose.records)):
        yield from _fields(world, purpose, index)


def _fields(world: World, purpose: Purpose, index: int) -> Findings:
    record, where = purpose.records[index], pointer("records", index)
    why = "a look at a field that does not exist, or beyond the stated sensitivity, is refused"
    topic = world.topics.get(record.topic)
    departments = {each.department for each in world.topics.values()}
    if "identity" not in departments and record.topic.partition(".")[0] not in departments:
        return  # a folder looked at alone: whether the other department has the topic shows where both are
    target = world.target(topic.schema, topic.file) if topic and topic.schema else None
    if topic is None or target is None:
        yield _fault(purpose, where, f"{record.topic} is no record topic", why, "mend the topic")
        return
    body, file = target
    properties = body.get("properties") or {}
    highest = SENSITIVITIES.index(purpose.highest_sensitivity)
    for name in sorted(record.fields | record.clear):
        if name == STANDING:
            continue
        if name not in properties:
            known = ", ".join(sorted(properties))
            yield _fault(purpose, where, f"{record.topic} has no field {name}", why, f"take one of {known}")
            continue
        schema = properties[name] if isinstance(properties[name], dict) else {}
        found = followed(world, schema, file).get("x-data-classification")
        if not isinstance(found, dict):
            continue  # a finding of its own
        level = found.get("sensitivity", "confidential")
        if level in SENSITIVITIES and SENSITIVITIES.index(level) > highest:
            missing = f"{record.topic} {name} is {level}, above the purpose's {purpose.highest_sensitivity}"
            yield _fault(purpose, where, missing, why, "leave it out, or raise highest_sensitivity")
    if extra := record.clear - record.fields:
        missing = f"{', '.join(sorted(extra))} in clear but not in fields"
        yield _fault(purpose, where, missing, why, "add to fields, or remove from clear")
