"""No read of people lies dormant: each one in every department stops, with an entry, whoever comes without a reason."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from onewindow_contracts.lint import lint
from onewindow_contracts.loader import HOME, Contracts, load
from onewindow_kit.access.log import Kept
from onewindow_kit.app import create_app
from onewindow_kit.auth.claims import LOOK
from onewindow_kit.decide import Usage
from onewindow_kit.edge import Database
from onewindow_kit.guard import Looks, Register
from onewindow_kit.guard.shows import LOOKERS
from onewindow_kit.problems import Conflict
from onewindow_kit.settings import Settings
from onewindow_kit.testing import TokenIssuer

DEPARTMENTS = {
    "identity": "identity.app",
    "housing": "housing.routes",
    "transport": "transport.routes",
    "oversight": "oversight.routes",
}
SAMPLE = {"urn": f"urn:onewindow:demo.office:title:{'a' * 22}"}


def no_session() -> Any:
    """A unit of work began: nobody stood in the way."""
    raise Conflict("reached")


@dataclass
class Entries:
    """The access record as a list."""

    kept: list[Any] = field(default_factory=list)

    async def keep(self, seen: Any, subjects: Any) -> Kept:
        self.kept.append((seen, list(subjects)))
        return Kept("e" * 22, 1)


class Nothing:
    """Budgets that nobody has used."""

    def standing(self, _claim: Any) -> Usage:
        return Usage()


@dataclass
class Walk:
    """One department's routes, without its database, and what its record got."""

    department: str
    contract: dict[str, Any]
    contracts: Contracts
    routers: list[APIRouter]

    def __post_init__(self) -> None:
        self.issuer, self.entries = TokenIssuer(), Entries()
        register = Register(self.contracts, "demo", self.department, lambda: date(2026, 11, 24))
        looks: Any = Looks(self.department, register, Nothing(), self.entries, None, bytes(32))  # type: ignore[arg-type]  # stand-ins
        self.app = create_app(
            Settings(),
            contract=self.contract,
            routers=self.routers,
            verifier=self.issuer.verifier(self.department),
            database=Database(no_session, None, lambda: None),  # type: ignore[arg-type]  # never opened
            looks=looks,
        )

    def reads(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Every read that offices or services may call and that is not marked as showing nobody, found anew from access."""
        for path, item in self.contract["paths"].items():
            for method in sorted({"get", "post"} & item.keys()):
                operation = item[method]
                callers = {rule.partition(":")[0] for rule in operation["x-access"]}
                if (method == "get" or operation.get("x-safe")) and not callers.isdisjoint(LOOKERS):
                    yield method, path, operation

    async def escaped(self) -> list[str]:
        """The reads that let somebody in who states no registered purpose, or leave no entry of the refusal."""
        out = []
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://walk") as client:
            for method, path, operation in self.reads():
                for rule in operation["x-access"]:
                    kind, _, name = rule.partition(":")
                    if kind in LOOKERS and not await self._stopped(client, method, path, kind, name):
                        out.append(f"{operation['operationId']} by {rule}")
        return out

    async def _stopped(self, client: httpx.AsyncClient, method: str, path: str, kind: str, name: str) -> bool:
        if kind == "agency":
            token = self.issuer.agency(
                name or "social-aid", self.department, sector="x", purpose="dormant", officer="o-1"
            )
        else:
            stated = [{"type": LOOK, "purpose": "dormant"}]
            token = self.issuer.service(name or "housing", self.department, authorization_details=stated)
        before = len(self.entries.kept)
        where = path.replace("{record_type}", _some_type(self.contracts, self.department)).format_map(_Places())
        sent: dict[str, Any] = {"json": {}} if method == "post" else {}
        answer = await client.request(method, where, headers={"Authorization": f"Bearer {token}"}, **sent)
        [*_, (seen, people)] = [(None, None), *self.entries.kept[before:]]
        return answer.status_code == 403 and people == [None] and seen.outcome == "refused"


class _Places(dict[str, str]):
    """A value for every path parameter."""

    def __missing__(self, name: str) -> str:
        return SAMPLE.get(name, "a" * 22)


def _some_type(contracts: Contracts, department: str) -> str:
    return next(t.record_type for t in contracts.topics.values() if t.department == department and t.record_type)


def walk(department: str, change: Any = None) -> Walk:
    contracts = load([HOME])
    contract = copy.deepcopy(contracts.openapi(department))
    if change is not None:
        change(contract)
    return Walk(department, contract, contracts, importlib.import_module(DEPARTMENTS[department]).ROUTERS)


def shown(walk: Walk) -> list[str]:
    return [operation["operationId"] for _, _, operation in walk.reads() if operation["x-shows"]]


def _departments_that_exist() -> list[str]:
    return sorted(set(load([HOME]).departments) - {"gateway"})


def test_every_department_is_walked() -> None:
    assert _departments_that_exist() == sorted(DEPARTMENTS)


@pytest.mark.parametrize("department", DEPARTMENTS)
async def test_no_read_of_people_is_open_to_who_states_no_registered_purpose(department: str) -> None:
    walked = walk(department)
    escaped = await walked.escaped()
    nobody = {op["operationId"] for _, _, op in walked.reads() if not op["x-shows"]}
    assert {each.partition(" ")[0] for each in escaped} <= nobody
    assert len(shown(walked)) >= 4, "a walk that finds nothing proves nothing"


async def test_a_dormant_route_is_found_by_the_walk() -> None:
    """Planted: somebody says of a read that it shows nobody, and its guard falls asleep."""

    def asleep(contract: dict[str, Any]) -> None:
        contract["paths"]["/v1/titles/{urn}"]["get"]["x-shows"] = []

    assert "readTitle by agency:title-registry" in await walk("housing", asleep).escaped()


def test_a_route_that_says_nothing_does_not_start() -> None:
    def silent(contract: dict[str, Any]) -> None:
        del contract["paths"]["/v1/titles/{urn}"]["get"]["x-shows"]

    with pytest.raises(ValueError, match="x-shows"):
        walk("housing", silent)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("x-shows: []", "shows-nobody"),
        ("x-shows: [housing.mortgage]", "shows-incomplete"),
        ("x-shows: [housing.bench]", "shows-unknown"),
        ("x-shows: {housing.title: [colour]}", "shows-unknown"),
        ("x-shows: by-purpose", "shows-unknown"),
        ("x-note: none", "shows-missing"),
    ],
)
def test_a_read_that_says_less_than_it_shows_is_found_in_its_contract(tmp_path: Path, said: str, rule: str) -> None:
    contracts = tmp_path / "contracts"
    copytree(HOME, contracts, ignore=ignore_patterns("src", "__pycache__", "tests"))
    file = contracts / "openapi/housing.v1.yaml"
    head, tail = file.read_text().split("operationId: readTitle\n")
    assert "x-shows: [housing.title]" in tail
    file.write_text(f"{head}operationId: readTitle\n{tail.replace('x-shows: [housing.title]', said, 1)}")
    assert rule in {finding.rule for finding in lint([contracts]) if "readTitle" in finding.missing}
