"""Housing's cases, first refusal and rights beside a title: each operation once as its contract means it."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from onewindow_kit import clock

from . import walk_adverse
from .live import Answer, Service, Town, wait_for
from .people import Firm, Person, adult, deceased, firm

BASIS = {"legal_basis": "民法典 第二百二十、二百二十一、三百六十八条"}
TODAY = clock.today()
EVIDENCE = [{"kind": "inquiry-report", "reference": "调查2026-3"}]
GRANT = {"outcome": "granted", "reason": "材料齐全。"}


def unit_code() -> str:
    return f"330106001001GB{secrets.randbelow(10**5):05}F{secrets.randbelow(10**8):08}"


def flat(housing: Service, *owners: tuple[Person, str | None]) -> Answer:
    named = [
        {"pseudonym": p.in_sector("title-registry"), "name": p.name} | ({"share": share} if share else {})
        for p, share in owners
    ]
    title = {
        "unit_code": unit_code(),
        "address": "示例路2号1幢101室",
        "area_m2": "89.50",
        "use": "10",
        "cause": "purchase",
        "owners": named,
        "legal_basis": "不动产登记暂行条例 第十四条",
    }
    return housing.call("registerTitle", title)


def party(somebody: Person | Firm) -> dict[str, Any]:
    """By number and name, as a citizen knows the other."""
    if isinstance(somebody, Firm):
        return {"by": "number", "scheme": "cn-uscc", "number": somebody.code, "name": somebody.name}
    return {"by": "number", "scheme": "cn-id", "number": somebody.number, "name": somebody.name}


def token(somebody: Person | Firm) -> str:
    return somebody.token("housing")


def decided(housing: Service, case: Answer, *parties: Person | Firm) -> Answer:
    """The parties agree and the office grants."""
    for each in parties:
        case = housing.call("consentToCase", urn=case["urn"], token=token(each))
    return housing.call("decideCase", GRANT, at=case.etag, urn=case["urn"])


def walk(town: Town) -> None:
    housing = town.service("housing")
    anna, bert, carl = (adult(town, name) for name in ("例赵", "例钱", "例孙"))
    bank = firm(town, "例示银行", adult(town, "例李"))
    sale(housing, anna, bert)
    mortgage(housing, anna, bank)
    first_refusal(housing, anna, bert, carl)
    rights(housing, anna, bert)
    after_a_death(town, housing, anna, bert, bank)
    after_a_split(town, housing)
    refusals(town, housing, bert, carl)


def refusals(town: Town, housing: Service, seller: Person, buyer: Person) -> None:
    urn = flat(housing, (seller, None))["urn"]
    asked = {"cause": "purchase", "acquirers": [{"party": party(buyer)}], "price_fen": 100}

    def wish() -> str:
        return housing.call("applyForTransfer", asked, urn=urn, token=token(seller))["urn"]

    walk_adverse.walk(town, "housing", "title-registry", seller, wish)


def sale(housing: Service, seller: Person, buyer: Person) -> None:
    urn = flat(housing, (seller, None))["urn"]
    asked = {"cause": "purchase", "acquirers": [{"party": party(buyer)}], "price_fen": 100}
    no, gone, yes = (housing.call("applyForTransfer", asked, urn=urn, token=token(seller)) for _ in range(3))
    housing.call("declineCase", {"reason": "不买了"}, urn=no["urn"], token=token(buyer))
    housing.call("withdrawCase", urn=gone["urn"], token=token(seller))
    assert housing.call("readApplication", urn=yes["urn"])["kind"] == "transfer"
    assert housing.call("listCases", query={"state": "awaiting-parties", "limit": 5})["items"]
    decided(housing, yes, buyer)
    assert housing.call("readCase", urn=yes["urn"], token=token(buyer))["body"]["state"] == "granted"
    named = housing.call("applyForRenaming", {"name": "例新"}, urn=urn, token=token(buyer))
    decided(housing, named)
    judged = {"own_name": seller.name, "effective_on": TODAY.isoformat(), "judgment_number": "（2026）例1号"}
    unit = housing.call("readTitle", urn=urn)["body"]["unit_code"]
    decided(housing, housing.call("applyForJudgment", judged | {"unit_code": unit}, token=token(seller)))


def mortgage(housing: Service, owner: Person, bank: Firm) -> None:
    urn = flat(housing, (owner, None))["urn"]
    terms = {
        "kind": "ordinary",
        "mortgagee": party(bank),
        "mortgagee_code": bank.code,
        "secured_fen": 100_000_000,
        "debt_from": TODAY.isoformat(),
        "debt_until": (TODAY + timedelta(days=3650)).isoformat(),
        "no_transfer": False,
    }
    case = decided(housing, housing.call("applyForMortgage", terms, urn=urn, token=token(owner)), bank)
    [entered] = case["body"]["results"]
    number = {"release_number": f"BANK-{secrets.randbelow(10**12):012}"}
    version = housing.call("readMortgage", urn=entered).etag
    housing.call("releaseMortgage", number | BASIS, at=version, urn=entered)
    assert housing.call("payLienOff", number, urn=entered, token=token(owner))["body"]["state"] == "granted"


def first_refusal(housing: Service, seller: Person, other: Person, buyer: Person) -> None:
    for operation in ("acceptFirstRefusal", "waiveFirstRefusal"):
        urn = flat(housing, (seller, "1/2"), (other, "1/2"))["urn"]
        asked = {"cause": "purchase", "acquirers": [{"party": party(buyer)}], "price_fen": 100}
        case = housing.call("applyForShareTransfer", asked, urn=urn, token=token(seller))
        agreed = housing.call("consentToCase", urn=case["urn"], token=token(buyer))
        [offer] = [each.split("@")[0] for each in agreed.written.split(", ") if ":offer:" in each]
        housing.call("readOffer", urn=offer, token=token(other))
        housing.call(operation, urn=offer, token=token(other))


def rights(housing: Service, owner: Person, other: Person) -> None:
    title = flat(housing, (owner, None))
    urn, unit = title["urn"], title["body"]["unit_code"]
    names = {"owner": owner.in_sector("title-registry"), "other": other.in_sector("title-registry")}
    ground = {"unit_code": unit, "ground": "登记有误"}
    case = decided(housing, housing.call("objectToTitle", ground, token=token(other)))
    objection = housing.call("readObjection", urn=case["body"]["results"][0])
    sued = housing.call("noteSuit", BASIS | {"suit_on": TODAY.isoformat()}, at=objection.etag, urn=objection["urn"])
    housing.call("endObjection", BASIS | {"ending": "decided"}, at=sued.etag, urn=objection["urn"])
    housing.call("registerObjection", BASIS | {"objector": names["other"]}, at=title.etag, urn=urn)

    for apply, field, read, cancel in (
        ("applyForAdvanceNotice", "beneficiary", "readAdvanceNotice", "cancelAdvanceNotice"),
        ("applyForResidenceRight", "resident", "readResidenceRight", "cancelResidenceRight"),
    ):
        asked = housing.call(apply, {field: party(other)}, urn=urn, token=token(owner))
        made = housing.call(read, urn=decided(housing, asked, other)["body"]["results"][0])
        housing.call(cancel, BASIS, at=made.etag, urn=made["urn"], token=token(other))
    signed = BASIS | {"consents": [names["owner"]]}
    housing.call("registerResidenceRight", signed | {"resident": names["other"]}, at=title.etag, urn=urn)
    notice = housing.call("registerAdvanceNotice", signed | {"beneficiary": names["other"]}, at=title.etag, urn=urn)
    possible = BASIS | {"registrable_on": TODAY.isoformat()}
    housing.call("noteRegistrable", possible, at=notice.etag, urn=notice["urn"])


def after_a_death(town: Town, housing: Service, heir: Person, other: Person, office: Firm) -> None:
    late = adult(town, "例逝", born=date(1950, 1, 1))
    titles = [flat(housing, (late, None)) for _ in range(2)]
    deceased(town, late)
    for title in titles:
        wait_for(lambda urn=title["urn"]: housing.call("readTitle", urn=urn)["body"]["disposable"] is False)
    asked = {
        "unit_code": titles[0]["body"]["unit_code"],
        "deceased": party(late),
        "own_name": heir.name,
        "heirs": [{"party": party(other)}],
    }
    case = housing.call("applyForInheritance", asked, token=token(heir))
    decided(housing, housing.call("renounceInheritance", urn=case["urn"], token=token(other)))
    state = {"pseudonym": office.in_sector("title-registry"), "name": "例示民政局"}
    estate = BASIS | {"deceased": late.in_sector("title-registry"), "state": state}
    at = housing.call("readTitle", urn=titles[1]["urn"]).etag
    housing.call("escheatTitle", estate, at=at, urn=titles[1]["urn"])


def owners_of(housing: Service, urn: str) -> list[str]:
    return [subject["pseudonym"] for subject in housing.call("readTitle", urn=urn)["subjects"]]


def after_a_split(town: Town, housing: Service) -> None:
    """Two entries become one; a flat is registered meanwhile; they are parted, and an officer says whose it is."""
    identity = town.service("identity")
    one, other = adult(town, "例甲甲"), adult(town, "例甲甲")
    old = flat(housing, (other, None))["urn"]
    first, second = (town.token("agency", "population-office", officer=f"officer-{n}") for n in (1, 2))
    asked = {"grounds": "重复登记", "evidence": EVIDENCE}
    merge = identity.call("proposeMerge", asked | {"survivor": one.id, "losing": other.id}, token=first)["id"]
    person = identity.call("confirmLinkDecision", decision=merge, token=second)["person"]
    survivor = one.in_sector("title-registry")
    wait_for(lambda: owners_of(housing, old) == [survivor])
    later = flat(housing, (one, None))["urn"]
    split = identity.call("proposeSplit", asked | {"person": person, "undoes": merge}, token=first)["id"]
    identity.call("confirmLinkDecision", decision=split, token=second)
    wait_for(lambda: owners_of(housing, later) == [])
    reviews = housing.call("listCases", query={"state": "pending", "limit": 200})["items"]
    [review] = [case for case in reviews if later in case["body"]["concerns"]]
    assigned = {"assignments": [{"record": each, "goes_to": "stays"} for each in review["body"]["concerns"]]}
    housing.call("assignAfterSplit", assigned | {"reason": "查明"}, at=review["version"], urn=review["urn"])
    assert len(owners_of(housing, later)) == 1 and owners_of(housing, later) != owners_of(housing, old)
