"""Organisations: registered with who represents them, and named as others name them; for demos and tests."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from onewindow_local.demo.city import Citizen, City, Done, Named, Person
from onewindow_local.sample.numbers import credit_code

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
    code = credit_code(10**6 + secrets.randbelow(9 * 10**6))  # none of the sample's
    body = {"name": name, "uscc": code, "kind": "enterprise", "legal_representative": representative.id}
    done: Done = await register.do("/v1/organisations", body)
    return Firm(done.body["organisation"], name, code, await city.representative(citizen, code))


def named(party: Named) -> dict[str, Any]:
    """How a citizen or a firm names somebody else in a command."""
    return {"scheme": party.scheme, "number": party.number, "name": party.name}
