"""2018 to 2020: a car, a flat with a mortgage, a child, money from the fund."""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow_local.demo import cases
from onewindow_local.demo.cars import new_car
from onewindow_local.demo.city import DIVISION, OTHER_DIVISION, Done
from onewindow_local.demo.firms import named
from onewindow_local.demo.flats import flat, owner, party
from onewindow_local.demo.life.people import HER_WAGE, Family


async def they_drive(family: Family) -> None:
    tale = family.tale
    await family.pay_until(2018, 3)
    tale.when(2018, 3, 12)
    tale.chapter("A licence and a car", "驾驶证与汽车")
    office = await tale.city.vehicles()
    him = await tale.city.pseudonym(family.he, "vehicle-administration")
    licence = {"holder": him, "classes": ["C1"], "issued_on": tale.day.isoformat(), "file_number": None}
    tale.did(await office.do("/v1/driving-licences", licence | {"legal_basis": "道路交通安全法 第十九条"}))
    family.plate = tale.did(await new_car(tale.city, family.he)).body["body"]["plate"]
    tale.tell("vehicle administration", "issues a licence, enters the car and gives it a plate")
    await tale.look("he")


async def they_buy(family: Family) -> None:
    tale, she = family.tale, family.tale["she"]
    tale.when(2018, 9, 3)
    tale.chapter("They buy a flat from a builder, jointly, and mortgage it", "夫妻共同购房并设立抵押")
    registry = await tale.city.registry()
    built = await flat(tale.city, await owner(tale.city, family.builder))
    buyers = [{"party": party(family.he)}, {"party": party(family.she)}]
    sale = {"cause": "purchase", "acquirers": buyers, "ownership": "joint", "price_fen": 260_000_000}
    asked = await family.builder.window.command("housing", "applyForTransfer", path={"urn": built.urn}, body=sale)
    tale.tell(family.builder.name, "applies for the transfer by its representative")
    for buyer in ("he", "she"):
        tale.did(await cases.consent(tale[buyer].citizen, "housing", asked.urn))
        tale.tell(tale[buyer].name, "agrees in the own window")
    tale.did(await cases.decide(registry, asked.urn))
    family.flat = built.urn
    loan = {
        "kind": "ordinary",
        "mortgagee": party(family.bank),
        "mortgagee_code": family.bank.number,
        "secured_fen": 150_000_000,
        "debt_from": tale.day.isoformat(),
        "debt_until": date(2038, 9, 2).isoformat(),
        "no_transfer": False,
        "cosigners": [party(family.she)],
    }
    pledged = await tale["he"].citizen.command("housing", "applyForMortgage", path={"urn": built.urn}, body=loan)
    tale.did(await cases.consent(family.bank.window, "housing", pledged.urn))
    tale.did(await cases.consent(she.citizen, "housing", pledged.urn))
    tale.did(await cases.decide(registry, pledged.urn))
    tale.tell("title registry", "enters owners and mortgage once everybody whose word it needs has agreed")
    await tale.look("she")


async def they_move(family: Family) -> None:
    tale = family.tale
    tale.when(2018, 11, 5)
    tale.chapter("Both ask to move to the new flat's district", "双方申请将户口迁往新居所在区")
    opening = {"kind": "family", "division": OTHER_DIVISION, "address": "江边路5号2幢101室"}
    await _moves(family, "he", {"opening": opening})
    file = await (await tale.city.population()).get(f"/v1/persons/{family.he.id}")
    household = file["registration"]["body"]["household"]
    tale.tell("population office", "permission, certificate, arrival: in transit between two registers, never in both")
    await _moves(family, "she", {"household": household, "relationship": "10"})
    await tale.look("she")


async def _moves(family: Family, who: str, into: dict[str, Any]) -> Done:
    """Asked for by the mover, decided and certified by the office, at home in the other register."""
    tale, mover = family.tale, family.tale[who]
    office = await tale.city.population()
    wish = {"to_division": OTHER_DIVISION, "reason": "housing"}
    asked = await mover.citizen.command("identity", "requestMove", body=wish)
    tale.tell(mover.name, "asks; the window says by when the office decides")
    ruling = {"decision": "permit", "grounds": "合法稳定住所"}
    permitted = await office.do(f"/v1/moves/{asked.urn}/decision", ruling, at=asked.etag)
    certified = await office.do(f"/v1/moves/{asked.urn}/certificate", {}, at=permitted.etag)
    return tale.did(await office.do(f"/v1/moves/{asked.urn}/arrival", into, at=certified.etag))


async def a_child(family: Family) -> None:
    tale, she = family.tale, family.tale["she"]
    await family.hire(family.she, HER_WAGE)
    await family.pay_until(2019, 3)
    tale.when(2019, 3, 25)
    tale.chapter("A child is born; the mother declares the birth at home", "孩子出生，母亲在家申报")
    birth = {
        "name": "林例乐",
        "sex": "2",
        "birth_date": date(2019, 3, 18).isoformat(),
        "ethnic_group": "01",
        "birth_division": DIVISION,
        "certificate": "出生医学证明A1",
        "other_parent": named(family.he),
        "relationship": "30",
        "register": "mine",
    }
    asked = await she.citizen.command("identity", "declareBirth", body=birth)
    tale.did(await cases.decide(await tale.city.population(), asked.urn))
    tale.tell("population office", "enters the child: a person, a number, parents and guardians")
    await tale.look("she")


async def money_from_the_fund(family: Family) -> None:
    tale, he = family.tale, family.tale["he"]
    await family.pay_until(2020, 9)
    tale.when(2020, 9, 10)
    tale.chapter("Money from the fund repays the loan", "提取公积金偿还贷款")
    [account] = await he.citizen.records("housing.fund-account", after=tale.last)
    wish = {"reason": "loan-repayment", "amount_fen": 3_000_000}
    asked = await he.citizen.command("housing", "applyForWithdrawal", path={"urn": account["urn"]}, body=wish)
    tale.did(await cases.decide(await tale.city.office("provident-fund", "housing"), asked.urn))
    tale.tell("provident fund", "decides within three working days; the ledger says where every fen went")
    await tale.look("he")
