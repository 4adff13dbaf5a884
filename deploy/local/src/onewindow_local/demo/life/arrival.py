"""2016 and 2017: a man comes to the city, works, may stay, marries and moves in with his wife."""

from __future__ import annotations

from onewindow_local.demo import cases
from onewindow_local.demo.city import DIVISION
from onewindow_local.demo.firms import named
from onewindow_local.demo.life.people import HIS_WAGE, Family


async def he_comes(family: Family) -> None:
    tale = family.tale
    tale.chapter("He comes to the city and registers his stay", "他来到本市，办理居住登记")
    stay = {"division": DIVISION, "address": "样本路8号2幢301室"}
    tale.did(await tale["he"].citizen.command("identity", "registerStay", body=stay))
    tale.tell(tale["he"].name, "registers his stay through the window; no paper, no counter")
    await tale.look("he")


async def he_works(family: Family) -> None:
    tale = family.tale
    tale.when(2016, 3, 7)
    tale.chapter("A firm employs him and enrols him in the provident fund", "企业录用，为其设立住房公积金账户")
    await family.hire(family.he, HIS_WAGE)
    tale.tell(family.firm.name, f"acts by its representative {tale['boss'].name}, in its own window")
    await family.pay_until(2016, 9)
    tale.tell(family.firm.name, "has paid for six months")
    await tale.look("he")


async def he_may_stay(family: Family) -> None:
    tale, he = family.tale, family.tale["he"]
    tale.when(2016, 9, 20)
    tale.chapter("After half a year he applies for a residence permit", "居住满半年，申领居住证")
    asked = await he.citizen.command(
        "identity", "applyForResidencePermit", body={"ground": "job", "evidence": "劳动合同1号"}
    )
    tale.did(asked)
    tale.tell(he.name, "applies; the case says by when the office decides")
    await tale.look("he")
    tale.when(2016, 9, 26)
    tale.did(await cases.decide(await tale.city.population(), asked.urn))
    tale.tell("population office", "grants it within its working days")
    await tale.look("he")


async def they_marry(family: Family) -> None:
    tale, he, she = family.tale, family.tale["he"], family.tale["she"]
    tale.when(2017, 5, 20)
    tale.chapter(
        "They marry: one applies, the other agrees in her own window", "结婚：一方申请，另一方在自己的窗口同意"
    )
    asked = tale.did(await he.citizen.command("identity", "applyForMarriage", body={"spouse": named(family.she)}))
    tale.did(await cases.consent(she.citizen, "identity", asked.urn))
    tale.did(await cases.decide(await tale.city.population(), asked.urn))
    tale.tell("population office", "registers the marriage")
    await tale.look("she")


async def he_moves_in(family: Family) -> None:
    tale = family.tale
    tale.when(2017, 9, 1)
    tale.chapter(
        "His registration comes to her household; stay and permit have done their work",
        "户口迁入妻子户内，居住登记和居住证随之终止",
    )
    office = await tale.city.population()
    entry = {"household": tale.city.household_of(family.she), "relationship": "10", "reason": "夫妻投靠"}
    known = await office.get(f"/v1/persons/{family.he.id}")
    place = f"/v1/persons/{family.he.id}/registrations"
    tale.did(await office.do(place, entry, at=f'"{known["version"]}"'))
    tale.tell("population office", "enters him; one register at any time, or a stated reason")
    await tale.look("he")
