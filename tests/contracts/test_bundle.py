"""Bundles: one document, local references, shared parts and codes joined; clashes stop it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from onewindow_contracts.errors import ContractError
from onewindow_contracts.loader import HOME, load
from openapi_spec_validator import OpenAPIV31SpecValidator


def references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(references, node.values()))
    return set().union(*map(references, node)) if isinstance(node, list) else set()


@pytest.mark.parametrize("department", load([HOME]).departments)
def test_a_bundle_is_one_valid_document(department: str) -> None:
    bundle = load([HOME]).openapi(department)
    OpenAPIV31SpecValidator(json.loads(json.dumps(bundle))).validate()
    for reference in references(bundle):
        assert reference.startswith("#/components/")
        kind, name = reference.removeprefix("#/components/").split("/")
        assert name in bundle["components"][kind]
    assert {"bearer"} <= set(bundle["components"]["securitySchemes"])


def test_what_everybody_shares_is_joined_in(parks: Path) -> None:
    bundle = load([parks]).openapi("parks")
    assert {"Allotment", "Plot", "Envelope", "Problem", "Urn"} <= set(bundle["components"]["schemas"])
    assert {"allotment-taken", "forbidden", "internal"} <= set(bundle["x-problem-catalogue"])
    assert bundle["security"] == [{"bearer": []}]
    assert not [key for key in bundle if key.startswith("x-") and key != "x-problem-catalogue"]
    plot = bundle["components"]["schemas"]["GrantAllotment"]["properties"]["plot"]
    assert plot["$ref"] == "#/components/schemas/Plot"
    assert plot["x-data-classification"]["category"] == "PII"


def test_a_public_operation_needs_no_token(parks: Path) -> None:
    file = parks / "openapi/parks.v1.yaml"
    text = file.read_text("utf-8").replace("x-access: [agency:parks-office]", "x-access: [public]", 1)
    file.write_text(text, "utf-8")
    paths = load([parks]).openapi("parks")["paths"]
    assert paths["/v1/allotments"]["post"]["security"] == []
    assert "security" not in paths["/v1/allotments/{urn}"]["delete"]


def test_two_parts_of_one_name_stop_it(parks: Path) -> None:
    file = parks / "openapi/parks.v1.yaml"
    text = file.read_text("utf-8").replace("    AllotmentRecord:\n", "    Urn: {type: string}\n    AllotmentRecord:\n")
    file.write_text(text, "utf-8")
    with pytest.raises(ContractError, match="Urn already means"):
        load([parks]).openapi("parks")


def test_an_unknown_interface_is_named(parks: Path) -> None:
    with pytest.raises(ContractError, match="lakes"):
        load([parks]).openapi("lakes")


def test_a_reference_to_a_whole_file_is_refused(parks: Path) -> None:
    file = parks / "topics/parks.allotment.v1.yaml"
    file.write_text(file.read_text("utf-8").replace("#/$defs/Allotment", ""), "utf-8")
    with pytest.raises(ContractError, match="whole file"):
        load([parks]).body_schema("parks.allotment.v1")
