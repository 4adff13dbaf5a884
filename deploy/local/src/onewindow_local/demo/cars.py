"""Cars, and how the vehicle administration enters them; for demos and tests."""

from __future__ import annotations

import secrets

from onewindow_local.demo.city import City, Done, Named
from onewindow_local.sample.numbers import vehicle_number

BASIS = "机动车登记规定 第十条"
PLATE = {"type": "02", "number": None}
"""A plate that the office chooses."""


async def new_car(city: City, owner: Named) -> Done:
    office = await city.vehicles()
    return await office.do(
        "/v1/vehicles",
        {
            "owner": await city.pseudonym(owner, "vehicle-administration"),
            "vin": vehicle_number("LVS", "AA49J", "T", secrets.randbelow(10**6)),
            "kind": "K33",
            "make": "示例牌",
            "model": "S1",
            "colour": "A",
            "energy": "A",
            "use": "A",
            "first_registered_on": city.today().isoformat(),
            "plate": PLATE,
            "legal_basis": BASIS,
        },
    )
