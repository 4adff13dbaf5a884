"""What of a body is stored, and who sees it, from its schema alone."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.view.visibility import compile_body, cut_for
from onewindow_contracts import loader

C = {"x-data-classification": {"category": "other", "sensitivity": "internal", "masking": {"strategy": "none"}}}
TEXT = {"type": "string"}


def cut(schema: dict[str, Any], body: dict[str, Any], *roles: str, stored: bool = False) -> dict[str, Any]:
    plan = cut_for(compile_body(schema), None if stored else frozenset(roles))
    return body if plan is None else plan(body)


def thing(closed: bool = True, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties} | ({"additionalProperties": False} if closed else {})


@pytest.mark.parametrize(
    ("schema", "body", "kept"),
    [
        (thing(a=TEXT | C, b=TEXT), {"a": "1", "b": "2"}, {"a": "1"}),
        (thing(closed=False, a=TEXT | C), {"a": "1", "unknown": 2}, {"a": "1"}),
        (thing(a=thing(b=TEXT | C, c=TEXT)), {"a": {"b": "1", "c": "2"}}, {"a": {"b": "1"}}),
        (thing(a=thing(c=TEXT)), {"a": {"c": "2"}}, {}),
        (thing(a={"type": "array", "items": TEXT} | C), {"a": ["1", "2"]}, {"a": ["1", "2"]}),
        (thing(a={"type": "array", "items": TEXT}), {"a": ["1"]}, {}),
        (
            thing(a={"type": "array", "items": thing(b=TEXT | C, c=TEXT)}),
            {"a": [{"b": "1", "c": "2"}]},
            {"a": [{"b": "1"}]},
        ),
        (thing(a={"anyOf": [TEXT, {"type": "null"}]} | C), {"a": None}, {"a": None}),
        (thing(a={"anyOf": [thing(b=TEXT | C, c=TEXT), {"type": "null"}]}), {"a": None}, {"a": None}),
        (thing(a={"anyOf": [thing(b=TEXT | C, c=TEXT), {"type": "null"}]}), {"a": {"c": "2"}}, {"a": {}}),
        ({"oneOf": [thing(a=TEXT | C), thing(b=TEXT)]}, {"a": "1", "b": "2"}, {"a": "1"}),
        ({"allOf": [thing(a=TEXT | C), thing(a=TEXT)]}, {"a": "1"}, {}),
        ({"$ref": "#/$defs/A", "$defs": {"A": thing(a={"$ref": "#/$defs/B"}), "B": TEXT | C}}, {"a": "1"}, {"a": "1"}),
        (
            {"$ref": "#/$defs/A", "$defs": {"A": thing(a=TEXT | C, more={"$ref": "#/$defs/A"} | C)}},
            {"a": "1"},
            {"a": "1"},
        ),
        (TEXT, {"a": "1"}, {}),
    ],
)
def test_only_what_has_a_class_is_stored(schema: dict[str, Any], body: dict[str, Any], kept: dict[str, Any]) -> None:
    assert cut(schema, body, stored=True) == kept


def test_a_role_sees_what_is_for_all_or_for_it() -> None:
    schema = thing(a=TEXT | C, b=TEXT | C | {"x-visible-to": ["owner"]}, c=TEXT | C | {"x-visible-to": []})
    body = {"a": "1", "b": "2", "c": "3"}
    assert cut(schema, body, "owner") == {"a": "1", "b": "2"}
    assert cut(schema, body, "tenant") == {"a": "1"}
    assert cut(schema, body, "tenant", "owner") == {"a": "1", "b": "2"}
    assert cut(schema, body, stored=True) == body


def test_an_audience_around_an_object_hides_all_of_it() -> None:
    schema = thing(a=thing(b=TEXT | C) | {"x-visible-to": ["owner"]})
    assert cut(schema, {"a": {"b": "1"}}, "tenant") == {}
    assert cut(schema, {"a": {"b": "1"}}, "owner") == {"a": {"b": "1"}}


def test_every_property_of_the_departments_contracts_may_be_stored() -> None:
    contracts = loader.load()
    for topic in contracts.topics.values():
        if topic.kind == "record" and topic.section:
            assert cut_for(compile_body(contracts.body_schema(topic.topic)), None) is None, topic.topic
