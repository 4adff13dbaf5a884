"""What owners, buyers and creditors ask the title registry for, each in the own window; the office decides."""

from datetime import date, timedelta

import pytest
from onewindow_local.demo import cases, firms
from onewindow_local.demo.city import City, Refused
from onewindow_local.demo.flats import BASIS, flat, owner, party

from .following import apply

RELEASE = {"release_number": "BANK-202600000001"}


@pytest.mark.rule("domain-13", "domain-18")
async def test_a_joint_flat_is_sold_by_all_who_must_agree(city: City):
    husband, wife, buyer = await city.adult("例夫"), await city.adult("例妻", sex="2"), await city.adult("例买家")
    his, hers, theirs = [await city.citizen(each) for each in (husband, wife, buyer)]
    title = await flat(city, await owner(city, husband), await owner(city, wife), ownership="joint")
    sale = {"cause": "purchase", "acquirers": [{"party": party(buyer)}], "price_fen": 300_000_000}
    case, asked = await apply(his, "housing", "applyForTransfer", path={"urn": title.urn}, body=sale)
    body = await case.seen(asked)
    assert body["state"] == "awaiting-parties" and body["awaiting"] == 2
    assert body["respond_by"] > city.today().isoformat()
    await cases.consent(theirs, "housing", case.urn)
    agreed = await cases.consent(hers, "housing", case.urn)
    body = await case.seen(agreed)
    assert body["state"] == "pending" and body["decide_by"] > city.today().isoformat()
    decided = await cases.decide(await city.registry(), case.urn)
    body = await case.seen(decided)
    assert body["state"] == "granted" and body["decision"]["remedy"]
    [bought] = await theirs.records("housing.title", after=decided)
    assert bought["urn"] == title.urn
    assert await hers.records("housing.title", after=decided) == []
    assert await case.heard(4) == [1, 2, 3, 4]


@pytest.mark.rule("domain-18", "domain-30")
async def test_a_sale_is_taken_back_another_declined_a_third_refused(city: City):
    seller, buyer = await city.adult("例反悔"), await city.adult("例买主")
    selling, buying = await city.citizen(seller), await city.citizen(buyer)
    title = await flat(city, await owner(city, seller))
    sale = {"cause": "purchase", "acquirers": [{"party": party(buyer)}], "price_fen": 300_000_000}
    wish = {"path": {"urn": title.urn}, "body": sale}
    case, _ = await apply(selling, "housing", "applyForTransfer", **wish)
    assert await case.state(await cases.withdraw(selling, "housing", case.urn)) == "withdrawn"
    case, _ = await apply(selling, "housing", "applyForTransfer", **wish)
    no = await buying.command("housing", "declineCase", path={"urn": case.urn}, body={"reason": "价格未谈妥"})
    assert await case.state(no) == "refused"
    case, _ = await apply(selling, "housing", "applyForTransfer", **wish)
    await cases.consent(buying, "housing", case.urn)
    refused = await cases.decide(await city.registry(), case.urn, granted=False, reason="材料与登记不符")
    body = await case.seen(refused)
    assert body["decision"]["outcome"] == "refused" and body["decision"]["reason"] == "材料与登记不符"
    assert body["decision"]["remedy"]
    [kept] = await selling.records("housing.title", after=refused)
    assert kept["version"] == 1


@pytest.mark.rule("housing.first-refusal-days")
async def test_a_co_owner_takes_the_share_that_was_sold_to_a_stranger(city: City):
    seller, other, stranger = await city.adult("例卖份"), await city.adult("例共有"), await city.adult("例外人")
    selling, owning, buying = [await city.citizen(each) for each in (seller, other, stranger)]
    title = await flat(city, await owner(city, seller, "1/3"), await owner(city, other, "2/3"), ownership="by-shares")
    sale = {"cause": "purchase", "acquirers": [{"party": party(stranger)}], "price_fen": 90_000_000}
    case, _ = await apply(selling, "housing", "applyForShareTransfer", path={"urn": title.urn}, body=sale)
    agreed = await cases.consent(buying, "housing", case.urn)
    [offer] = await owning.records("housing.offer", after=agreed)
    assert offer["body"]["respond_by"] > city.today().isoformat()
    taken = await owning.command("housing", "acceptFirstRefusal", path={"urn": offer["urn"]})
    body = await case.seen(taken)
    assert body["state"] == "refused" and "优先购买权" in body["decision"]["reason"]
    [instead] = await owning.records("housing.case", after=taken)
    assert (instead["body"]["kind"], instead["body"]["state"]) == ("share-transfer", "pending")
    decided = await cases.decide(await city.registry(), instead["urn"])
    [mine] = await owning.records("housing.title", after=decided)
    assert mine["body"]["ownership"] == "sole"
    assert await buying.records("housing.title", after=decided) == []


@pytest.mark.rule("domain-14")
async def test_a_loan_is_secured_by_both_and_its_lien_paid_off_at_once(city: City):
    debtor, banker = await city.adult("例借款"), await city.adult("例行长")
    window = await city.citizen(debtor)
    bank = await firms.found(city, "示例信用银行", banker, await city.citizen(banker))
    title = await flat(city, await owner(city, debtor))
    loan = {
        "kind": "ordinary",
        "mortgagee": party(bank),
        "mortgagee_code": bank.number,
        "secured_fen": 50_000_000,
        "debt_from": city.today().isoformat(),
        "debt_until": (city.today() + timedelta(days=3650)).isoformat(),
        "no_transfer": False,
    }
    case, _ = await apply(window, "housing", "applyForMortgage", path={"urn": title.urn}, body=loan)
    await cases.consent(bank.window, "housing", case.urn)
    registry = await city.registry()
    pledged = await cases.decide(registry, case.urn)
    [mortgage] = await window.records("housing.mortgage", after=pledged)
    with pytest.raises(Refused) as unknown:
        await window.command("housing", "payLienOff", path={"urn": mortgage["urn"]}, body=RELEASE)
    assert unknown.value.status == 409
    await registry.do(
        f"/v1/mortgages/{mortgage['urn']}/release", RELEASE | {"legal_basis": BASIS}, at=f'"{mortgage["version"]}"'
    )
    paid, done = await apply(window, "housing", "payLienOff", path={"urn": mortgage["urn"]}, body=RELEASE)
    assert await paid.state(done) == "granted"
    assert await window.records("housing.mortgage", after=done) == []


@pytest.mark.rule("domain-17")
async def test_an_heir_applies_once_the_registry_knows_of_the_death(city: City):
    late, heir = await city.adult("例先父", born=date(1945, 3, 3)), await city.adult("例继承")
    window = await city.citizen(heir)
    title = await flat(city, await owner(city, late))
    office, registry = await city.population(), await city.registry()
    at = f'"{(await office.get(f"/v1/persons/{late.id}"))["version"]}"'
    died = {"died_on": city.today().isoformat(), "evidence": [{"kind": "death-certificate", "reference": "死亡证明2"}]}
    await office.do(f"/v1/persons/{late.id}/death", died, at=at)
    await city.until(lambda: _blocked(registry, title.urn))
    wish = {"unit_code": title.body["body"]["unit_code"], "deceased": party(late), "own_name": heir.name}
    case, asked = await apply(window, "housing", "applyForInheritance", body=wish)
    assert await case.state(asked) == "pending"
    decided = await cases.decide(registry, case.urn)
    [inherited] = await window.records("housing.title", after=decided)
    assert inherited["urn"] == title.urn
    assert inherited["effective_on"] == city.today().isoformat()


@pytest.mark.rule("domain-15", "domain-14")
async def test_an_objection_with_a_suit_blocks_a_sale_until_it_is_ended(city: City):
    holder, objector, buyer = await city.adult("例权利"), await city.adult("例异议"), await city.adult("例买受")
    holding, objecting = await city.citizen(holder), await city.citizen(objector)
    registry = await city.registry()
    title = await flat(city, await owner(city, holder))
    wish = {"unit_code": title.body["body"]["unit_code"], "ground": "该房屋为我出资购买。"}
    case, asked = await apply(objecting, "housing", "objectToTitle", body=wish)
    assert await case.state(asked) == "pending"
    entered = await cases.decide(registry, case.urn)
    [objection] = await objecting.records("housing.objection", after=entered)
    assert await holding.records("housing.objection", after=entered)
    suit = {"suit_on": city.today().isoformat(), "legal_basis": BASIS}
    place = f"/v1/objections/{objection['urn']}"
    sued = await registry.do(f"{place}/suits", suit, at=f'"{objection["version"]}"')
    sale = {"cause": "purchase", "acquirers": [{"party": party(buyer)}], "price_fen": 300_000_000}
    selling = {"path": {"urn": title.urn}, "body": sale}
    with pytest.raises(Refused) as blocked:
        await holding.command("housing", "applyForTransfer", **selling)
    assert (blocked.value.status, blocked.value.code) == (409, "title-disputed")
    ending = {"path": {"urn": objection["urn"]}, "body": {"ending": "withdrawn", "legal_basis": BASIS}}
    ended = await objecting.command("housing", "endObjection", **ending, at=sued.etag)
    assert await holding.records("housing.objection", after=ended) == []
    asked = await holding.command("housing", "applyForTransfer", **selling)
    assert asked.body["body"]["state"] == "awaiting-parties"


async def _blocked(registry, title: str) -> bool:
    return not (await registry.get(f"/v1/titles/{title}"))["body"]["disposable"]
