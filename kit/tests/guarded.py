"""A small department whose reads are guarded: routes that name people, and routes that forget to."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import APIRouter, Response
from onewindow_kit import db
from onewindow_kit.access import EntryNotKept, Seen
from onewindow_kit.access.log import Kept
from onewindow_kit.app import create_app
from onewindow_kit.budgets import Budgets, Periods, Raising
from onewindow_kit.edge import ContractRoute, Database, Session
from onewindow_kit.guard import Looks, Register, shown
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.node import Node
from onewindow_kit.problems import NotFound
from onewindow_kit.records import Record, Records
from onewindow_kit.sealing import Sealer
from onewindow_kit.settings import Settings
from onewindow_kit.testing import TokenIssuer, fresh_database, serve

ANNA, BEN, CARA = (f"toys.1.{letter * 22}" for letter in "abc")
URN = f"urn:onewindow:demo.toy-office:toy:{'x' * 22}"
CLASS = {"category": "PII", "sensitivity": "confidential", "masking": {"strategy": "full"}}
BODY = {"$ref": "#/$defs/Toy", "$defs": {"Toy": {"properties": {"name": {"x-data-classification": CLASS}}}}}
TODAY = date(2026, 11, 24)
PATHS = {
    "/v1/toys/{urn}": ("readToy", "get", ["toys.toy"]),
    "/v1/people": ("listPeople", "get", ["toys.toy"]),
    "/v1/lookups": ("lookUp", "post", {"toys.toy": ["name"]}),
    "/v1/forgetful": ("forget", "get", ["toys.toy"]),
    "/v1/told": ("tell", "get", ["toys.toy"]),
    "/v1/hello": ("hello", "get", []),
}


def contract() -> dict[str, Any]:
    """Its operations, each open to two offices and one machine."""
    paths: dict[str, Any] = {}
    for path, (name, method, shows) in PATHS.items():
        body = {"content": {"application/json": {"schema": {}}}} if method == "post" else {}
        access = ["agency:toy-office", "agency:other-office", "service:gateway"]
        paths[path] = {method: {"operationId": name, "x-access": access, "x-shows": shows, "x-safe": True}}
        paths[path][method]["requestBody"] = body
    return {"info": {"title": "Toys", "version": "1"}, "paths": paths}


def purpose(name: str, **changed: Any) -> SimpleNamespace:
    """An entry of the register, held by the toy office, two people an hour."""
    standing = {
        "id": f"toy-office.{name}",
        "holder": "toy-office",
        "granted_to": SimpleNamespace(name="玩具局", uscc="X"),
        "records": (),
        "keeps": ("toys.toy.v1",),
        "valid_from": TODAY,
        "valid_until": TODAY,
        "legal_basis": "玩具法",
        "highest_sensitivity": "confidential",
        "assessment": None,
        "acting_person": True,
        "machines": frozenset(),
        "case": None,
        "budgets": (
            SimpleNamespace(of="actor", per="hour", citizens=2),
            SimpleNamespace(of="organisation", per="hour", citizens=9),
        ),
        "processor": None,
        "discloses_on": None,
        "discloses_basis": None,
        "adverse_subjects_per_day": None,
    }
    return SimpleNamespace(**(standing | changed))


OFFICE = SimpleNamespace(
    title={"zh": "玩具局"}, uscc="X", valid_from=TODAY, valid_until=None, successor=None, host="toys", sector="toys"
)
CONTRACTS = SimpleNamespace(
    purposes={
        "register": purpose("register"),
        "other": purpose("other", keeps=(), records=(SimpleNamespace(topic="x.y.v1", fields={"z"}, clear={"z"}),)),
        "machine": purpose("machine", acting_person=False, machines=frozenset({"gateway"})),
    },
    authorities={"demo.toy-office": OFFICE},
    topics={"toys.toy.v1": SimpleNamespace(topic="toys.toy.v1", kind="record")},
    body_schema=lambda _topic: BODY,
)


@dataclass
class Ledger:
    """The access record as a list; ``silent``: no entry is acknowledged."""

    entries: list[tuple[Seen, list[str | None]]] = field(default_factory=list)
    silent: bool = False

    async def keep(self, seen: Seen, subjects: Any) -> Kept:
        if self.silent:
            raise EntryNotKept
        named = list(subjects)
        self.entries.append((seen, named))
        return Kept("e" * 22, len(named))


def router() -> APIRouter:
    """Handlers as a department might write them."""
    routes = APIRouter(route_class=ContractRoute)

    async def read_toy(urn: str) -> dict:
        if urn != URN:
            raise NotFound
        return {"urn": urn, "body": {"name": "ball"}}

    async def list_people() -> dict:
        return {"items": [{"owner": ANNA}, {"owner": BEN}, {"owner": ANNA}]}

    async def look_up(body: dict) -> dict:
        if body.get("number") == "1":
            return {"owner": ANNA}
        raise NotFound

    async def forget() -> dict:
        return {"name": "a person's name"}

    async def tell(session: Session) -> Response:
        shown(session, BEN)
        return Response(b"\x89PNG", media_type="image/png")

    async def hello() -> dict:
        return {"hello": "you"}

    handlers = {
        "readToy": read_toy,
        "listPeople": list_people,
        "lookUp": look_up,
        "forget": forget,
        "hello": hello,
        "tell": tell,
    }
    for path, (name, method, _) in PATHS.items():
        if name in handlers:
            routes.add_api_route(path, handlers[name], methods=[method.upper()], operation_id=name)
    return routes


@dataclass
class Rig:
    """The department over HTTP, what it recorded, and who may call it."""

    client: httpx.AsyncClient
    record: Ledger
    issuer: TokenIssuer

    async def ask(self, path: str, purpose: str = "toy-office.register", officer: str | None = "o-1", **body: Any):
        """GET, or POST with a body, as the toy office."""
        token = self.issuer.agency("toy-office", "toys", sector="toys", purpose=purpose, officer=officer)
        return await self.as_(token, path, **body)

    async def as_(self, token: str, path: str, **body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        if body:
            return await self.client.post(path, json=body, headers=headers)
        return await self.client.get(path, headers=headers)


@asynccontextmanager
async def department(folder: Path) -> AsyncIterator[Rig]:
    """The department running, with a database that knows one toy of Cara's."""
    topic = {"topic": "toys.toy.v1", "kind": "record", "department": "toys", "producers": ["toys"], "consumers": []}
    keyring = Keyring.load(provision(folder / "keys", [topic], [], ["toys"])["toys"])
    issuer, record, node = TokenIssuer(), Ledger(), Node(folder / "node")
    with node:
        budgets = Budgets(node, periods=Periods("Asia/Shanghai"), raising=Raising(node, "demo"))
        register = Register(CONTRACTS, "demo", "toys", lambda: TODAY)
        sealer = Sealer(keyring)
        async with fresh_database("toys") as url:
            engine = db.create_engine(url)
            async with engine.begin() as connection:
                await connection.run_sync(db.metadata.create_all)
            sessions = db.session_factory(engine)
            envelope = {"urn": URN, "subjects": [{"pseudonym": CARA, "role": "owner"}]}
            toy = Record(
                "toys.toy.v1", URN, 1, "created", "demo.toy-office", json.dumps(envelope).encode(), datetime.now(UTC)
            )
            async with sessions() as session, session.begin():
                await Records(keyring, "demo").publish(session, toy)
            app = create_app(
                Settings(),
                contract=contract(),
                routers=[router()],
                verifier=issuer.verifier("toys"),
                database=Database(sessions, sealer, lambda: None),
                looks=Looks("toys", register, budgets, record, sealer, keyring.blind),  # type: ignore[arg-type]  # a list
            )
            async with serve(app) as base, httpx.AsyncClient(base_url=base) as client:
                yield Rig(client, record, issuer)
            await engine.dispose()
