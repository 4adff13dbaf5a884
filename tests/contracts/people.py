"""Synthetic people of a running instance, made by the population office's own operations."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from onewindow_kit import clock
from stdnum.cn import ric, uscc

from .live import Answer, Service, Town

DIVISION, OTHER = "330106", "330108"
TODAY = clock.today()
SECTORS = {"title-registry": "housing", "vehicle-administration": "transport", "parking-office": "transport"}


@dataclass(eq=False)
class Firm:
    """An organisation; ``person`` acts for it. ``id`` is the identity-sector pseudonym."""

    town: Town
    id: str
    name: str
    code: str
    person: Person
    pseudonyms: dict[str, str] = field(default_factory=dict)

    def in_sector(self, office: str) -> str:
        """The pseudonym in the sector of ``office``, asked for by that office."""
        if office not in self.pseudonyms:
            asked = {"scheme": "cn-uscc", "number": self.code, "name": self.name}
            token = self.town.token("agency", office)
            self.pseudonyms[office] = self.town.service("identity").call("findPseudonym", asked, token=token)[
                "pseudonym"
            ]
        return self.pseudonyms[office]

    def token(self, department: str = "gateway") -> str:
        return self.town.representative(self.person.token, self.code, department)


@dataclass(eq=False)
class Person:
    """``id`` is the identity-sector pseudonym."""

    town: Town
    id: str
    name: str
    number: str
    household: str
    pseudonyms: dict[str, str] = field(default_factory=dict)

    def in_sector(self, office: str) -> str:
        """The pseudonym in the sector of ``office``, asked for by that office."""
        if office not in self.pseudonyms:
            asked = {"scheme": "cn-id", "number": self.number, "name": self.name}
            identity = self.town.service("identity")
            self.pseudonyms[office] = identity.call("findPseudonym", asked, token=self.town.token("agency", office))[
                "pseudonym"
            ]
        return self.pseudonyms[office]

    def token(self, department: str = "gateway") -> str:
        return self.town.citizen(self.number, self.name, department)


_given: set[str] = set()


def citizen_number(born: date, *, woman: bool = False) -> str:
    """A number that nobody else was given: of somebody born that day in Xihu, an odd sequence for men (GB 11643).

    A day has 500 such numbers, so among a hundred people drawn at random two would often claim the same one.
    """
    free = {f"{DIVISION}{born:%Y%m%d}{n:03}" for n in range(2 if woman else 1, 1000, 2)} - _given
    body = secrets.choice(sorted(free))
    _given.add(body)
    return body + ric.calc_check_digit(body + "0")


def place(division: str = DIVISION) -> dict[str, Any]:
    lane = f"示例路{secrets.randbelow(9000) + 100}号"
    return {"kind": "family", "division": division, "address": lane, "neighbourhood": f"{division}001001"}


def admitted(town: Town, name: str, born: date | None = None) -> Answer:
    """Somebody registered elsewhere, entered with a number."""
    born = born or TODAY - timedelta(days=365 * 35)
    entries = {"name": name, "sex": "1", "birth_date": born.isoformat(), "ethnic_group": "01"}
    number = {"scheme": "cn-id", "number": citizen_number(born), "standing": "elsewhere"}
    return town.service("identity").call("admitPerson", entries | number)


def adult(town: Town, name: str, *, born: date | None = None, division: str = DIVISION) -> Person:
    """An adult who opened a family register here, as its head."""
    record = admitted(town, name, born).body
    head = {"place": place(division), "head": record["person"]}
    opened = town.service("identity").call("openHousehold", head)
    town.named.append({"scheme": "cn-id", "number": number_of(record), "name": name})
    return Person(town, record["person"], name, number_of(record), opened["urn"])


def credit_code() -> str:
    """A random unified social credit code of an enterprise in Xihu (GB 32100)."""
    body = f"91{DIVISION}" + "".join(secrets.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
    return body + uscc.calc_check_digit(body + "0")


def firm(town: Town, name: str, person: Person) -> Firm:
    """An enterprise whose legal representative ``person`` is."""
    entries = {"name": name, "uscc": credit_code(), "kind": "enterprise", "legal_representative": person.id}
    made = town.service("identity").call("registerOrganisation", entries)
    return Firm(town, made["organisation"], name, entries["uscc"], person)


def number_of(record: dict[str, Any]) -> str:
    return next(i["body"]["number"] for i in record["identifications"] if i["body"]["scheme"] == "cn-id")


def version(identity: Service, person: Person) -> int:
    """The version of the person's entries, which changes of the person start from."""
    return identity.call("readPerson", person=person.id)["version"]


def deceased(town: Town, person: Person) -> Answer:
    identity = town.service("identity")
    death = {"died_on": TODAY.isoformat(), "evidence": [{"kind": "death-certificate", "reference": "死亡证明1"}]}
    return identity.call("registerDeath", death, at=version(identity, person), person=person.id)
