"""Service and contract say the same, in both directions: structure by the normal form, codes by what is raised."""

from __future__ import annotations

import copy
import importlib
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, FastAPI, Header, Query
from fastapi.openapi.utils import get_openapi
from onewindow_contracts.agreement import differences
from onewindow_contracts.common import Contract, CursorText, Day, Fen, Share, Subject, Urn
from onewindow_contracts.loader import HOME, load
from pydantic import Field

SERVICES = {
    "identity": "identity.app",
    "housing": "housing.routes",
    "transport": "transport.routes",
    "oversight": "oversight.routes",
    "gateway": "gateway.app",
}


def derived(routers: list[APIRouter]) -> dict[str, Any]:
    """What FastAPI itself says of the routes."""
    app = FastAPI()
    for router in routers:
        app.include_router(router)
    return get_openapi(title="", version="", routes=app.routes, separate_input_output_schemas=False)


def test_every_contract_has_its_service() -> None:
    assert set(load([HOME]).departments) == set(SERVICES)


@pytest.mark.parametrize("department", SERVICES)
def test_service_and_contract_agree(department: str) -> None:
    routers = importlib.import_module(SERVICES[department]).ROUTERS
    assert differences(load([HOME]).openapi(department), derived(routers)) == []


class Flat(Contract):
    urn: Urn
    price: Annotated[Fen | None, Field(description="said otherwise")]
    kind: Annotated[str, Field(pattern="^[a-z]+$", max_length=10)]
    subjects: Annotated[list[Subject], Field(max_length=5)]


class Sale(Contract):
    share: Share
    on: Day


router = APIRouter()


@router.post("/v1/flats/{urn}/sales", operation_id="sellFlat", status_code=201)
def sell(
    urn: Urn,
    sale: Sale,
    key: Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]{8,128}$")],
    cursor: CursorText | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Flat:
    raise NotImplementedError


PATH = ("paths", "/v1/flats/{urn}/sales", "post")
MODELS = ("components", "schemas")
DRIFTS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "another operation id": ((*PATH, "operationId"), "buyFlat"),
    "another success": ((*PATH, "responses"), {"200": {"description": ""}}),
    "an optional body": ((*PATH, "requestBody", "required"), False),
    "another media type": ((*PATH, "requestBody", "content"), {"text/plain": {}}),
    "a parameter more": ((*PATH, "parameters", 9), {"name": "sort", "in": "query", "schema": {"type": "string"}}),
    "a parameter less": ((*PATH, "parameters", 2), None),
    "a looser parameter": ((*PATH, "parameters", 2, "schema", "maximum"), 1000),
    "another default": ((*PATH, "parameters", 2, "schema", "default"), 20),
    "a required parameter": ((*PATH, "parameters", 2, "required"), True),
    "a property more": ((*MODELS, "Flat", "properties", "colour"), {"type": "string"}),
    "a property less": ((*MODELS, "Flat", "properties", "price"), None),
    "not required": ((*MODELS, "Flat", "required"), ["urn", "kind", "subjects"]),
    "not nullable": ((*MODELS, "Flat", "properties", "price"), {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}),
    "another pattern": ((*MODELS, "Flat", "properties", "kind", "pattern"), "^[A-Z]+$"),
    "another bound": ((*MODELS, "Flat", "properties", "subjects", "maxItems"), 6),
    "another type": ((*MODELS, "Sale", "properties", "share"), {"type": "number"}),
    "another format": ((*MODELS, "Sale", "properties", "on", "format"), "date-time"),
    "open": ((*MODELS, "Sale", "additionalProperties"), True),
    "deep inside": ((*MODELS, "Subject", "properties", "role", "maxLength"), 41),
}


def changed(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    copied = copy.deepcopy(document)
    node = copied
    for step in path[:-1]:
        node = node[step]
    if value is None:
        del node[path[-1]]
    elif isinstance(node, list) and path[-1] >= len(node):
        node.append(value)
    else:
        node[path[-1]] = value
    return copied


@pytest.mark.parametrize("name", DRIFTS)
def test_every_structural_drift_is_seen_from_both_sides(name: str) -> None:
    document = derived([router])
    other = changed(document, *DRIFTS[name])
    assert differences(other, document)
    assert differences(document, other)


def test_notation_is_no_difference() -> None:
    document = derived([router])
    other = copy.deepcopy(document)
    flat = other["components"]["schemas"].pop("Flat")
    money = {"type": ["integer", "null"], "minimum": 0, "maximum": 2**53 - 1, "description": "in fen", "x-unit": "fen"}
    other["components"]["schemas"]["Base"] = flat | {
        "properties": {k: v for k, v in flat["properties"].items() if k != "price"},
        "required": ["kind", "subjects", "urn"],
    }
    other["components"]["schemas"]["Home"] = {
        "allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"type": "object", "properties": {"price": money}, "required": ["price"]},
        ]
    }
    content = other["paths"][PATH[1]]["post"]["responses"]["201"]["content"]
    content["application/json"]["schema"] = {"$ref": "#/components/schemas/Home"}
    assert differences(document, other) == []
