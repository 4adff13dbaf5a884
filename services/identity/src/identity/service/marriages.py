"""Marriage and divorce: applied for by both, registered by the office when both have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from onewindow_contracts.models import identity_life as api
from onewindow_kit.cases import Case, Term
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import law, marriage
from identity.domain.problems import KinshipNotPossible
from identity.domain.refusals import KinshipEnded
from identity.domain.standing import alive
from identity.service import casework, names
from identity.service.desk import Desk, standing
from identity.store import kin, papers, persons
from identity.tables import Kinship, Person

MARRIAGE, DIVORCE = "marriage", "divorce"
PAGE = 200  # not a rule: how many in one transaction


async def marry(desk: Desk, one: Person, other: Person, on: date, *, rules_of: date) -> Kinship:
    """The marriage of two persons who are held, by the rules of a day."""
    await check(desk, one, other, rules_of)
    first, second = sorted((one, other), key=lambda person: person.id)
    kinship = Kinship(
        urn=desk.office.urn("kinship"),
        kind=MARRIAGE,
        basis=MARRIAGE,
        since=on,
        first_id=first.id,
        second_id=second.id,
    )
    desk.changes.created(kinship, on, law.MARRIAGE)
    await desk.session.flush()
    return kinship


async def check(desk: Desk, one: Person, other: Person, on: date) -> None:
    """Refused by the first rule that is broken."""
    for person in (one, other):
        alive(standing(person))
    marriage.check_single(*[await _married(desk, person) for person in (one, other)])
    marriage.check_sexes(one.sex, other.sex)
    ages = desk.rules.parameter("marriage-age", on)
    for person in (one, other):
        marriage.check_age(person.sex, person.birth_date, on, ages)
    generations = desk.rules.parameter("marriage-kin-generations", on)
    above = [await kin.ancestors(desk.session, person.id) for person in (one, other)]
    marriage.check_kin(above[0], above[1], generations)


async def _married(desk: Desk, person: Person) -> bool:
    kinships = await papers.kinships(desk.session, person.id)
    return any(k.kind == MARRIAGE and k.state == "in-force" for k in kinships)


async def apply(desk: Desk, citizen: str, command: api.MarriageApplication) -> Case:
    """The other is found by number and name, and asked."""
    named = command.spouse
    other = await names.by_number(desk, named.scheme, named.number, named.name)
    me = await desk.person(citizen, lock=False)
    if other.id == me.id:
        raise KinshipNotPossible
    await persons.lock(desk.session, [me.id, other.id])
    await check(desk, me, other, desk.today)
    spouse = (await persons.pseudonyms(desk.session, [other.id], "identity"))[other.id]
    days = desk.rules.parameter("decision-days", desk.today)
    terms = (Term("申请人", "who asks", me.name),)
    return await casework.apply(desk, MARRIAGE, citizen, {}, decide_days=days, parties={spouse: "spouse"}, terms=terms)


async def grant(desk: Desk, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    if len(case.people) < 2:
        raise KinshipNotPossible("The two who applied turned out to be one person.")
    one, other = [await desk.person(name) for name in sorted(case.people)]
    return [(await marry(desk, one, other, desk.today, rules_of=case.applied_on)).urn]


async def apply_for_divorce(desk: Desk, citizen: str, command: api.DivorceApplication) -> Case:
    me = await desk.person(citizen)
    kinship = await papers.kinship(desk.session, command.marriage)
    if kinship is None or kinship.kind != MARRIAGE or me.id not in (kinship.first_id, kinship.second_id):
        raise NotFound
    if kinship.state != "in-force":
        raise KinshipEnded
    other = kinship.second_id if kinship.first_id == me.id else kinship.first_id
    spouse = (await persons.pseudonyms(desk.session, [other], "identity"))[other]
    asked, terms = {spouse: "spouse"}, (Term("结婚登记日期", "married on", kinship.since.isoformat()),)
    return await casework.apply(desk, DIVORCE, citizen, {}, parties=asked, terms=terms, concerns=(kinship.urn,))


async def grant_divorce(desk: Desk, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """Once the days of cooling off have passed, by the rules of the day of the application."""
    [urn] = case.concerns
    found = await papers.kinship(desk.session, urn)
    assert found is not None, "kinships are never deleted"
    await persons.lock(desk.session, [found.first_id, found.second_id])
    kinship = await papers.kinship(desk.session, urn, lock=True)
    assert kinship is not None, "kinships are never deleted"
    if kinship.state != "in-force":
        raise KinshipEnded
    on = desk.today
    marriage.check_divorce(case.applied_on, on, *_terms(desk, case.applied_on))
    kinship.state, kinship.ended_on, kinship.ending = "ended", on, DIVORCE
    desk.changes.touch(kinship, "ended", on, law.DIVORCE)
    return [kinship.urn]


async def lapse_divorces(desk: Desk) -> int:
    """A duty: a divorce that nobody had registered in its term counts as taken back; how many."""
    lapsed, after = 0, None
    while page := await desk.cases.listing(desk.session, state="pending", kind=DIVORCE, after=after, limit=PAGE):
        for case in page:
            last = marriage.divorce_until(case.applied_on, *_terms(desk, case.applied_on))
            if desk.today > last:
                on = last + timedelta(days=1)
                await desk.cases.withdraw(desk, desk.session, case.urn, case.applicant, on)
                lapsed += 1
        after = page[-1].urn
    return lapsed


def _terms(desk: Desk, on: date) -> tuple[int, int]:
    return desk.rules.parameter("divorce-cooling-days", on), desk.rules.parameter("divorce-certificate-days", on)
