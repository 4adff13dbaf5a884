"""What the registers say of applicants: this one's own, and those of the population office and the provident fund."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from onewindow_kit.pseudonyms import PersonNotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery.conditions import Facts
from transport.domain.lottery.quotas import barred, usable
from transport.service.desk import Desk
from transport.service.lottery import rules
from transport.store import imported
from transport.store.lottery import quotas, standing

AT_ONCE = 8  # not a rule: questions to a neighbour that may be open together


@dataclass(frozen=True, slots=True)
class Home:
    """Whether somebody is registered here, holds a residence permit in force, and for how many months is insured."""

    registered: bool
    permit: bool
    months: int | None


async def homes(desk: Desk, people: Collection[str], judged_on: date, on: date) -> dict[str, Home]:
    """Asks the neighbours about each person; Unavailable when one doesn't answer: nobody is refused for that."""
    turn = asyncio.Semaphore(AT_ONCE)
    here = rules.divisions(desk.rules, judged_on)

    async def ask(person: str) -> Home:
        async with turn:
            return await _home(desk, person, here, on)

    wanted = list(people)
    return dict(zip(wanted, await asyncio.gather(*map(ask, wanted)), strict=True))


async def _home(desk: Desk, person: str, here: tuple[str, ...], on: date) -> Home:
    try:
        answer = await desk.identity.residence(person)
    except PersonNotFound:
        return Home(registered=False, permit=False, months=None)
    registered = answer.get("registered")
    if registered is not None and registered["division"].startswith(here):
        return Home(registered=True, permit=False, months=None)
    permit = answer.get("permit")
    if permit is None or permit["state"] != "valid":
        return Home(registered=False, permit=False, months=None)
    return Home(registered=False, permit=True, months=await desk.contributions.months(person, on))


async def facts(desk: Desk, session: AsyncSession, known: dict[str, Home], on: date) -> dict[str, Facts]:
    """The facts of everybody in ``known`` on a day."""
    people = list(known)
    dead = await imported.deceased(session, people)
    licensed = await standing.with_valid_licence(session, people, on)
    owners = await standing.with_car(session, people)
    held = await quotas.of(session, people)
    years = rules.bar_years(desk.rules, on)
    return {
        person: Facts(
            alive=person not in dead,
            registered=home.registered,
            permit=home.permit,
            months=home.months,
            licence=person in licensed,
            car=person in owners,
            live_quota=any(usable(quota, on) for quota in held.get(person, ())),
            barred=any(barred(quota, on, years) for quota in held.get(person, ())),
        )
        for person, home in known.items()
    }
