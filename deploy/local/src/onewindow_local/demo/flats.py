"""Flats, and how the title registry is told about them; for demos and tests."""

import secrets
from typing import Any

from onewindow_local.demo.city import DIVISION, City, Done, Named

BASIS = "不动产登记暂行条例 第十四条"


async def owner(city: City, person: Named, share: str | None = None) -> dict[str, Any]:
    """``person`` as the registry names an owner."""
    entry = {"pseudonym": await city.pseudonym(person, "title-registry"), "name": person.name}
    return entry if share is None else entry | {"share": share}


def registration(*owners: dict[str, Any], ownership: str = "sole") -> dict[str, Any]:
    """The first registration of some new flat."""
    return {
        "unit_code": f"{DIVISION}001001GB{secrets.randbelow(10**5):05}F{secrets.randbelow(10**8):08}",
        "address": "示例路1号1幢101室",
        "area_m2": "89.50",
        "use": "10",
        "cause": "purchase",
        "owners": list(owners),
        "ownership": ownership,
        "price_fen": 300_000_000,
        "legal_basis": BASIS,
    }


async def flat(city: City, *owners: dict[str, Any], ownership: str = "sole") -> Done:
    registry = await city.registry()
    return await registry.do("/v1/titles", registration(*owners, ownership=ownership))


def sale(*owners: dict[str, Any], consents: tuple[str, ...], ownership: str = "sole") -> dict[str, Any]:
    """A sale to ``owners`` with the sellers' consents."""
    return {
        "cause": "purchase",
        "owners": list(owners),
        "ownership": ownership,
        "consents": list(consents),
        "price_fen": 310_000_000,
        "legal_basis": BASIS,
    }


def party(somebody: Named) -> dict[str, Any]:
    """How an applicant names somebody else."""
    return {"by": "number", "scheme": somebody.scheme, "number": somebody.number, "name": somebody.name}
