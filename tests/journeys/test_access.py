"""Nothing is served without a declared access rule, and the rules hold: walked in the code, then over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute, APIRouter
from onewindow_contracts import loader
from onewindow_kit.decide import Access
from onewindow_kit.keyring import provision
from onewindow_kit.operations import operations
from onewindow_local.demo.city import City
from starlette.routing import Mount, Route

HOLDERS = ("identity", "housing", "transport", "oversight", "gateway")
# Open by decision: what a contract or a problem says, and pages made from contracts. Nothing here touches a person.
OPEN = {"/openapi.json", "/v1/problems/{code}", "/", "/docs", "/docs/style.css", "/docs/{name}"}
SETTINGS = {
    "identity": "identity.settings:IdentitySettings",
    "housing": "housing.settings:Settings",
    "transport": "transport.settings:Settings",
    "oversight": "oversight.settings:Settings",
    "gateway": "gateway.settings:GatewaySettings",
}


def outermost(name: str, folder: Path) -> Any:
    """The application of ``name`` as its process serves it, built but not started."""
    contracts = loader.load()
    rings = provision(folder, contracts.topics.values(), contracts.authorities.values(), HOLDERS)
    module, _, attribute = SETTINGS[name].partition(":")
    settings = getattr(import_module(module), attribute)(keyring=rings[name], clients=folder / "clients.json")
    return import_module(f"{name}.app").create(settings)


def walk(app: Any) -> Iterator[tuple[str, str | None]]:
    """(path, operation id) of everything that ``app`` can serve; an unknown kind of route is an error, not a gap."""
    layer = import_module(type(app).__module__)
    if hasattr(layer, "PATH") and hasattr(layer, "OPERATION"):  # a hot path, which answers before any route is asked
        yield layer.PATH, layer.OPERATION
    if hasattr(app, "app") and not hasattr(app, "router"):
        yield from walk(app.app)
        return
    yield from _routes(app.router.routes)


def _routes(routes: Any) -> Iterator[tuple[str, str | None]]:
    for route in routes:
        included = getattr(route, "original_router", None)
        if isinstance(included, APIRouter):
            yield from _routes(included.routes)
        elif isinstance(route, APIRoute):
            yield route.path, route.operation_id
        elif isinstance(route, Route):
            yield route.path, None
        elif isinstance(route, Mount):
            yield from ((route.path + path, name) for path, name in _routes(route.routes))
        else:
            raise AssertionError(f"the walk does not know what {route!r} serves")


def undeclared(app: Any, contract: dict[str, Any]) -> list[str]:
    """Paths that are served without a rule of the contract."""
    known = operations(contract)
    return [path for path, name in walk(app) if path not in OPEN and name not in known]


@pytest.mark.parametrize("name", HOLDERS)
def test_nothing_is_served_that_the_contract_does_not_govern(name: str, tmp_path: Path):
    app, contract = outermost(name, tmp_path), loader.load().openapi(name)
    assert undeclared(app, contract) == []
    served = {operation for _, operation in walk(app) if operation}
    assert served == set(operations(contract)), "and everything that the contract promises is served"


def test_the_walk_finds_a_forgotten_route(tmp_path: Path):
    app = outermost("housing", tmp_path)
    app.add_api_route("/v1/dormant", lambda: "everything")
    app.router.routes.append(Mount("/old", routes=[Route("/api", lambda request: None)]))
    assert undeclared(app, loader.load().openapi("housing")) == ["/v1/dormant", "/old/api"]


def requests(name: str) -> Iterator[tuple[str, str, Access]]:
    """Every operation of a contract as a request: method, path with something in its places, rule."""
    contract = loader.load().openapi(name)
    for path, item in contract["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                filled = re.sub(r"\{[^}]+\}", "nothing", path)
                yield method.upper(), filled, Access.parse(operation["x-access"])


@pytest.mark.parametrize("name", HOLDERS)
async def test_every_operation_refuses_strangers_and_callers_of_another_kind(city: City, name: str):
    person = await city.adult()
    window = await city.citizen(person)
    foreign = window.client.headers["Authorization"]  # for the gateway only
    operator = f"Bearer {city.issuer.client_credentials('operator')['access_token']}"
    wrong = []
    async with httpx.AsyncClient(base_url=city.instance.url(name), timeout=20) as client:
        for method, path, access in requests(name):
            if access.public:
                continue
            expected = {"none": 401, "forged": 401}
            headers = {"none": {}, "forged": {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."}}
            if name != "gateway":
                expected["citizen of the gateway"], headers["citizen of the gateway"] = 401, {"Authorization": foreign}
            if ("operator", None) not in access.grants:
                expected["operator"], headers["operator"] = 403, {"Authorization": operator}
            for who, status in expected.items():
                answer = await client.request(method, path, headers=headers[who])
                if answer.status_code != status:
                    wrong.append(f"{method} {path} as {who}: {answer.status_code}, not {status}")
    assert wrong == []
