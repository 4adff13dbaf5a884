"""Every operation of housing once as its contract means it: a flat's life, its mortgages, freezes and certificates."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from onewindow_kit import clock

from . import walk_housing_cases, walk_housing_fund
from .live import Answer, Service, Town, wait_for
from .people import Person, adult, deceased

BASIS = "不动产登记暂行条例 第十四条"
TODAY = clock.today()


def unit_code() -> str:
    return f"330106001001GB{secrets.randbelow(10**5):05}F{secrets.randbelow(10**8):08}"


def owner(person: Person, share: str | None = None) -> dict[str, Any]:
    entry = {"pseudonym": person.in_sector("title-registry"), "name": person.name}
    return entry if share is None else entry | {"share": share}


def flat(housing: Service, *owners: dict[str, Any], **more: Any) -> Answer:
    title = {
        "unit_code": unit_code(),
        "address": "示例路1号1幢101室",
        "area_m2": "89.50",
        "use": "10",
        "cause": "purchase",
        "owners": list(owners),
        "legal_basis": BASIS,
    }
    return housing.call("registerTitle", title | more)


def walk(town: Town) -> None:
    housing = town.service("housing")
    anna, bert, carl, dora = (adult(town, name) for name in ("例甲", "例乙", "例丙", "例丁"))
    names = {person: person.in_sector("title-registry") for person in (anna, bert, carl, dora)}

    title = flat(housing, owner(anna))
    urn = title["urn"]
    assert housing.call("readTitle", urn=urn)["version"] == 1
    assert housing.call("findTitleByUnit", {"unit_code": title["body"]["unit_code"]})["urn"] == urn
    assert housing.call("findTitlesByOwner", {"owner": names[anna]})["items"]
    varied = housing.call("varyTitle", {"use": "11", "legal_basis": BASIS}, at=title.etag, urn=urn)
    names_now = [{"pseudonym": names[anna], "name": "例甲乙"}]
    corrected = housing.call("correctTitle", correction(names_now), at=varied.etag, urn=urn)

    mortgage = housing.call("registerMortgage", loan([names[anna]]), at=corrected.etag, urn=urn)
    assert housing.call("listMortgages", urn=urn)["items"]
    housing.call("readMortgage", urn=mortgage["urn"])
    number = {"release_number": f"BANK-{secrets.randbelow(10**12):012}"}
    released = housing.call("releaseMortgage", number | {"legal_basis": BASIS}, at=mortgage.etag, urn=mortgage["urn"])
    citizen = anna.token("housing")
    housing.call("cancelMortgage", number, at=released.etag, urn=mortgage["urn"], token=citizen)

    order = {"ordered_by": "示例区人民法院", "order_number": "（2026）示执1号", "legal_basis": BASIS}
    until = {"until": (TODAY + timedelta(days=300)).isoformat()}
    freeze = housing.call("registerFreeze", order | until, at=current(housing, urn), urn=urn)
    assert housing.call("listFreezes", urn=urn)["items"]
    housing.call("readFreeze", urn=freeze["urn"])
    housing.call("liftFreeze", {"legal_basis": BASIS}, at=freeze.etag, urn=freeze["urn"])

    paper = housing.call("issueCertificate", urn=urn, token=citizen)
    assert housing.call("verifyCertificate", id=paper["id"]).body
    housing.call("printCertificate", id=paper["id"])

    sale = {"cause": "purchase", "owners": [owner(bert, "1/2"), owner(carl, "1/2")], "ownership": "by-shares"}
    sold = housing.call(
        "transferTitle",
        sale | {"consents": [names[anna]], "legal_basis": BASIS, "price_fen": 310_000_000},
        at=current(housing, urn),
        urn=urn,
    )
    gift = {"cause": "gift", "giver": names[bert], "share": "1/4", "owners": [owner(dora)], "consented": True}
    given = housing.call("transferShare", gift | {"legal_basis": BASIS}, at=sold.etag, urn=urn)
    people = [names[bert], names[carl], names[dora]]
    agreed = {"ownership": "joint", "owners": [{"pseudonym": p} for p in people], "consents": people}
    varied = housing.call("varyShares", agreed | {"legal_basis": BASIS}, at=given.etag, urn=urn)
    ended = {"cause": "abandonment", "consents": people, "legal_basis": BASIS}
    housing.call("cancelTitle", ended, at=varied.etag, urn=urn)

    inherited(town, housing, dora)
    walk_housing_cases.walk(town)
    walk_housing_fund.walk(town)
    gateway = town.service("housing").call("readSnapshot", record_type="title", query={"limit": 5})
    assert gateway["items"]
    assert housing.call("republishRegistry", record_type="freeze")["republished"] >= 1
    assert housing.call("republishRecord", urn=urn)["republished"] == 1


def inherited(town: Town, housing: Service, heir: Person) -> None:
    """An owner dies; once identity's notice has arrived, the heir takes the place."""
    late = adult(town, "例故", born=date(1950, 1, 1))
    title = flat(housing, owner(late))
    deceased(town, late)
    wait_for(lambda: housing.call("readTitle", urn=title["urn"])["body"]["disposable"] is False)
    place = {"deceased": late.in_sector("title-registry"), "owners": [owner(heir)], "legal_basis": BASIS}
    housing.call("succeedToTitle", place, at=current(housing, title["urn"]), urn=title["urn"])


def current(housing: Service, title: str) -> str | None:
    return housing.call("readTitle", urn=title).etag


def loan(consents: list[str]) -> dict[str, Any]:
    return {
        "kind": "ordinary",
        "mortgagee_name": "示例银行",
        "mortgagee_code": "91110000600037341L",
        "secured_fen": 100_000_000,
        "debt_from": TODAY.isoformat(),
        "debt_until": (TODAY + timedelta(days=3650)).isoformat(),
        "no_transfer": False,
        "consents": consents,
        "legal_basis": BASIS,
    }


def correction(names: list[dict[str, str]]) -> dict[str, Any]:
    return {"names": names, "legal_basis": BASIS}
