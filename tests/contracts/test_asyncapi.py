"""`asyncapi.yaml`: valid by AsyncAPI's own schema, the same at every rendering, with examples that really fit."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from onewindow_contracts import asyncapi
from onewindow_contracts.documents import parse
from onewindow_contracts.formats import CHECKS
from onewindow_contracts.loader import HOME, load

OFFICIAL = json.loads((Path(__file__).parent / "asyncapi/schema-3.1.0.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return yaml.safe_load(asyncapi.FILE.read_text("utf-8"))


def test_it_is_valid(document: dict[str, Any]) -> None:
    found = jsonschema_rs.validator_for(OFFICIAL).iter_errors(document)
    assert [f"{list(e.instance_path)}: {e.message[:200]}" for e in found] == []


def test_the_official_schema_would_see_a_fault(document: dict[str, Any]) -> None:
    official = jsonschema_rs.validator_for(OFFICIAL)
    for path, value in ((("channels", "housing.title.v1", "bindings", "kafka", "partitions"), "four"), (("info",), {})):
        broken = copy.deepcopy(document)
        node = broken
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value
        assert not official.is_valid(broken)


def test_the_same_contracts_give_the_same_bytes(parks: Path) -> None:
    assert asyncapi.render(load([parks])) == asyncapi.render(load([parks]))
    assert asyncapi.render(load([HOME])) == asyncapi.FILE.read_text("utf-8")


def test_every_topic_is_a_channel_and_every_party_an_operation(document: dict[str, Any]) -> None:
    topics = load([HOME]).topics
    assert set(document["channels"]) == set(topics)
    sends = {f"{name}.sends.{t.topic}" for t in topics.values() for name in t.producers}
    gets = {f"{name}.receives.{t.topic}" for t in topics.values() for name in t.consumers}
    assert set(document["operations"]) == sends | gets


def test_every_example_fits_the_rendered_payload(document: dict[str, Any]) -> None:
    seen = 0
    for name, topic in load([HOME]).topics.items():
        if topic.kind != "record":
            continue
        payload = document["components"]["messages"][name]["payload"]
        schema = payload | {"components": document["components"]}
        check = jsonschema_rs.Draft7Validator(schema, validate_formats=True, formats=CHECKS)
        for file in (HOME / "examples" / name).glob("*.json"):
            example = parse(file)
            assert check.is_valid(example), file
            assert not check.is_valid(example | {"body": {"nothing": True}}), file
            seen += 1
    assert seen
