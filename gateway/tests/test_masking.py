"""What leaves of a value follows the contract's class, at every depth."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.access.masking import ABSENT, mask, properties

CLASS = "x-data-classification"


def _class(strategy: str, **more: Any) -> dict[str, Any]:
    return {"category": "PII", "sensitivity": "confidential", "masking": {"strategy": strategy, **more}}


@pytest.mark.parametrize(
    ("masking", "value", "expected"),
    [
        ({"strategy": "none"}, "whole", "whole"),
        ({"strategy": "none"}, 7, 7),
        ({"strategy": "full"}, "secret", "***"),
        ({"strategy": "full"}, "", "***"),
        ({"strategy": "full"}, 7, None),
        ({"strategy": "full"}, True, None),
        ({"strategy": "full"}, {"a": "b"}, None),
        ({"strategy": "full"}, ["a", "bb"], ["***", "***"]),
        ({"strategy": "partial", "keep": 6}, "330102199001011234", "330102***"),
        ({"strategy": "partial", "keep": -4}, "330102199001011234", "***1234"),
        ({"strategy": "partial"}, "王小明", "王***"),
        ({"strategy": "partial", "keep": 6}, "330102", "***"),
        ({"strategy": "partial", "keep": 6}, "1", "***"),
        ({"strategy": "partial"}, 330102, None),
        ({"strategy": "regex", "pattern": "[0-9]+", "replacement": "#"}, "room 12", "room #"),
        ({"strategy": "regex", "pattern": "[0-9]+"}, "no digits", "***"),
        ({"strategy": "remove"}, "x", ABSENT),
        ({"strategy": "hash"}, "330102199001011234", ABSENT),
        ({"strategy": "tokenize"}, "x", ABSENT),
        ({"strategy": "invented"}, "x", ABSENT),
        ({}, "x", ABSENT),
    ],
)
def test_each_strategy(masking: dict[str, Any], value: Any, expected: Any) -> None:
    schema = {"type": "string", CLASS: {"category": "PII", "masking": masking}}
    assert mask(schema, schema, value) == expected


def test_without_a_class_nothing_leaves_even_when_clear() -> None:
    assert mask({}, {"type": "string"}, "x") is ABSENT
    assert mask({}, {"type": "string"}, "x", clear=True) is ABSENT


def test_inside_an_object_each_property_follows_its_own_class() -> None:
    schema = {
        "$ref": "#/$defs/Body",
        "$defs": {
            "Name": {"type": "string", CLASS: _class("partial")},
            "Body": {
                "type": "object",
                CLASS: _class("none"),
                "properties": {
                    "name": {"$ref": "#/$defs/Name"},
                    "again": {"$ref": "#/$defs/Name", CLASS: _class("remove")},
                    "unclassified": {"type": "string"},
                    "list": {"type": "array", CLASS: _class("none"), "items": {"$ref": "#/$defs/Body"}},
                },
            },
        },
    }
    value = {
        "name": "王小明",
        "again": "x",
        "unclassified": "x",
        "unknown": "x",
        "list": [{"name": "李", "unknown": 1}],
    }
    assert mask(schema, schema, value) == {"name": "王***", "list": [{"name": "***"}]}
    assert mask(schema, schema, value, clear=True) == {"name": "王小明", "again": "x", "list": [{"name": "李"}]}
    assert set(properties(schema, schema)) == {"name", "again", "unclassified", "list"}


def test_alternatives_lend_their_class() -> None:
    schema = {"anyOf": [{"$ref": "#/$defs/Name"}, {"type": "null"}], "$defs": {"Name": {CLASS: _class("partial")}}}
    assert mask(schema, schema, "王小明") == "王***"
    assert mask(schema, schema, None) is None
