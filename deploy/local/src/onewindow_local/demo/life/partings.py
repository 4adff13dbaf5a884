"""2024 to 2026: a death and an inheritance, the loan repaid, a divorce."""

from __future__ import annotations

from datetime import timedelta

from onewindow_local.demo import cases
from onewindow_local.demo.city import Caller
from onewindow_local.demo.flats import BASIS, flat, owner, party
from onewindow_local.demo.life.people import Family


async def an_inheritance(family: Family) -> None:
    tale, she = family.tale, family.tale["she"]
    await family.pay_until(2024, 2)
    tale.when(2024, 2, 12)
    tale.chapter("Her mother dies and leaves a flat", "母亲去世，留下一套房屋")
    city = tale.city
    office, registry = await city.population(), await city.registry()
    left = await flat(city, await owner(city, family.mother))
    known = await office.get(f"/v1/persons/{family.mother.id}")
    death = {"died_on": tale.day.isoformat(), "evidence": [{"kind": "death-certificate", "reference": "死亡证明1"}]}
    tale.did(await office.do(f"/v1/persons/{family.mother.id}/death", death, at=f'"{known["version"]}"'))
    tale.tell(
        "population office", "registers the death; the registry hears of it by notice, and the flat cannot be sold"
    )

    await city.until(lambda: _blocked(registry, left.urn))
    tale.when(2024, 4, 8)
    wish = {"unit_code": left.body["body"]["unit_code"], "deceased": party(family.mother), "own_name": family.she.name}
    asked = await she.citizen.command("housing", "applyForInheritance", body=wish)
    tale.did(await cases.decide(registry, asked.urn))
    tale.tell("title registry", "enters the heir; the title counts from the day of the death")
    await tale.look("she")


async def the_loan_is_repaid(family: Family) -> None:
    tale, he = family.tale, family.tale["he"]
    await family.pay_until(2025, 3)
    tale.when(2025, 3, 10)
    tale.chapter("The loan is repaid: the owner has the mortgage cancelled at once", "贷款还清：所有权人即时注销抵押")
    [mortgage] = await he.citizen.records("housing.mortgage", after=tale.last)
    number = {"release_number": "BANK-202503100001"}
    registry = await tale.city.registry()
    released = await registry.do(
        f"/v1/mortgages/{mortgage['urn']}/release", number | {"legal_basis": BASIS}, at=f'"{mortgage["version"]}"'
    )
    tale.tell(family.bank.name, "has released it under a number")
    tale.did(released)
    tale.did(await he.citizen.command("housing", "payLienOff", path={"urn": mortgage["urn"]}, body=number))
    tale.tell(he.name, "gives the number, and the machine decides: nobody has to")
    await tale.look("he")


async def they_part(family: Family) -> None:
    tale, he, she = family.tale, family.tale["he"], family.tale["she"]
    await family.pay_until(2025, 10)
    tale.when(2025, 10, 13)
    tale.chapter("They divorce by agreement, after the days of cooling off", "协议离婚，经冷静期后登记")
    marriage = next(
        record
        for record in await he.citizen.records("identity.kinship", after=tale.last)
        if record["body"]["kind"] == "marriage"
    )
    asked = await he.citizen.command("identity", "applyForDivorce", body={"marriage": marriage["urn"]})
    tale.did(await cases.consent(she.citizen, "identity", asked.urn))
    tale.tell(she.name, "agrees; for thirty days either may take it back")
    after = tale.day + timedelta(days=38)
    tale.when(after.year, after.month, after.day)
    tale.did(await cases.decide(await tale.city.population(), asked.urn))
    registry = await tale.city.registry()
    gift = {"cause": "gift", "acquirers": [{"party": party(family.she)}], "cosigners": [party(family.she)]}
    given = await he.citizen.command("housing", "applyForTransfer", path={"urn": family.flat}, body=gift)
    tale.did(await cases.consent(she.citizen, "housing", given.urn))
    tale.did(await cases.decide(registry, given.urn))
    tale.tell("population office and title registry", "end the marriage and enter her as sole owner of the flat")
    await tale.look("he", "she")


async def _blocked(registry: Caller, title: str) -> bool:
    return not (await registry.get(f"/v1/titles/{title}"))["body"]["disposable"]
