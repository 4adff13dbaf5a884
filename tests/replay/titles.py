"""What the title registry does in a year: flats built, sold, given away in parts, mortgaged and frozen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from onewindow_local.demo.city import Caller
from onewindow_local.demo.flats import BASIS, registration, sale
from onewindow_local.sample.people import Person

from .life import Happening, Life, Somebody

OFFICE = "title-registry"


async def new_flat(life: Life) -> None:
    first, second = life.anybody(), life.chance.choice(life.adults)
    shares = [("1/3", "2/3"), ("1/2", "1/2")]
    if life.chance.random() < 0.5:
        body = registration(await _owner(life, first))
    else:
        one, other = life.chance.choice(shares)
        owners = [await _owner(life, first, one), await _owner(life, second, other)]
        body = registration(*owners, ownership="by-shares")
    await (await life.city.registry()).do("/v1/titles", body)


async def sold_flat(life: Life) -> None:
    """All of a title to one or two others, with the consent of whoever sells."""
    registry, title = await _title(life)
    buyers = [await _owner(life, person) for person in life.chance.sample(life.adults, life.chance.randint(1, 2))]
    consents = tuple(subject["pseudonym"] for subject in title["subjects"])
    body = sale(*buyers, consents=consents, ownership="joint" if len(buyers) > 1 else "sole")
    await registry.do(f"/v1/titles/{title['urn']}/transfer", body, at=f'"{title["version"]}"')


async def mortgage(life: Life) -> None:
    registry, title = await _title(life)
    body = {
        "kind": "ordinary",
        "mortgagee_name": "样本银行",
        "mortgagee_code": "91330106MA2EXMP11J",
        "secured_fen": life.chance.randint(1, 300) * 1_000_000,
        "debt_from": life.day.isoformat(),
        "debt_until": (life.day + timedelta(days=3650)).isoformat(),
        "no_transfer": life.chance.random() < 0.2,
        "consents": [subject["pseudonym"] for subject in title["subjects"]],
        "legal_basis": BASIS,
    }
    await registry.do(f"/v1/titles/{title['urn']}/mortgages", body, at=f'"{title["version"]}"')


async def mortgage_paid(life: Life) -> None:
    registry, title = await _title(life)
    for found in (await registry.get(f"/v1/titles/{title['urn']}/mortgages"))["items"]:
        number = {"release_number": f"BANK-{life.chance.randint(0, 10**12):012}", "legal_basis": BASIS}
        await registry.do(f"/v1/mortgages/{found['urn']}/release", number, at=f'"{found["version"]}"')


async def freeze(life: Life) -> None:
    """Ordered, and lifted again in half of all cases."""
    registry, title = await _title(life)
    order = {
        "ordered_by": "样本区人民法院",
        "order_number": f"（2026）样执{life.chance.randint(1, 999)}号",
        "until": (life.day + timedelta(days=300)).isoformat(),
        "legal_basis": "民事诉讼法 第二百五十五条",
    }
    frozen = await registry.do(f"/v1/titles/{title['urn']}/freezes", order, at=f'"{title["version"]}"')
    if life.chance.random() < 0.5:
        await registry.do(f"/v1/freezes/{frozen.urn}/lifting", {"legal_basis": BASIS}, at=frozen.etag)


async def variation(life: Life) -> None:
    registry, title = await _title(life)
    body = {"use": life.chance.choice(["10", "11"]), "legal_basis": BASIS}
    await registry.do(f"/v1/titles/{title['urn']}/variation", body, at=f'"{title["version"]}"')


async def _title(life: Life) -> tuple[Caller, dict[str, Any]]:
    """A title of somebody who had one at the beginning of the year, and may have sold it since."""
    registry = await life.city.registry()
    homes = [home for resident in life.residents for home in resident.homes]
    owners = [owner for home in homes for owner, _ in home.owners if isinstance(owner, Person)]
    owner = life.chance.choice(owners)
    found = (await registry.do("/v1/title-lookups", {"owner": await life.named(owner, OFFICE)})).body["items"]
    title = life.chance.choice(found) if found else None
    if title is None:
        title = (await registry.do("/v1/titles", registration(await _owner(life, owner)))).body
    return registry, title


async def _owner(life: Life, person: Person | Somebody, share: str | None = None) -> dict[str, Any]:
    entry = {"pseudonym": await life.named(person, OFFICE), "name": person.name}
    return entry if share is None else entry | {"share": share}


HAPPENINGS: list[Happening] = [new_flat, sold_flat, mortgage, mortgage_paid, freeze, variation]
