"""Organisations: registered with who represents them, and named as others name them; for demos and tests."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from stdnum.cn import uscc

from onewindow_local.demo.city import Citizen, City, Done, Named, Person

SCHEME = "cn-uscc"


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation as its partners know it, and its own window; `id` is the identity-sector pseudonym."""

    id: str
    name: str
    number: str
    window: Citizen
    scheme: str = SCHEME


async def found(city: City, name: str, representative: Person, citizen: Citizen) -> Firm:
    """A firm that `representative` (logged in as `citizen`) represents by statute."""
    register = await city.office("company-register", "identity")
    code = credit_code()
    body = {"name": name, "uscc": code, "kind": "enterprise", "legal_representative": representative.id}
    done: Done = await register.do("/v1/organisations", body)
    return Firm(done.body["organisation"], name, code, await city.representative(citizen, code))


def named(party: Named) -> dict[str, Any]:
    """How a citizen or a firm names somebody else in a command."""
    return {"scheme": party.scheme, "number": party.number, "name": party.name}


def credit_code() -> str:
    """A unified social credit code with its check digit (GB 32100) that no real organisation has."""
    first = f"91330106Z{secrets.randbelow(10**7):07}X"
    return first + uscc.calc_check_digit(first)
