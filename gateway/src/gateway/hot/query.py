"""The parameters of a view: which sections, which fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from onewindow_kit.problems import InvalidRequest, MalformedRequest

from gateway.view.frame import Frame
from gateway.view.problems import UnknownName

_SECTIONS: Final = (500, re.compile(r"[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*"))
_FIELD: Final = r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*"
_FIELDS: Final = (4000, re.compile(rf"{_FIELD}(,{_FIELD})*"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """``sections``: names, None for all. ``fields``: record type -> properties of its body, None for all of all types."""

    sections: frozenset[str] | None = None
    fields: Mapping[str, frozenset[str]] | None = None


EVERYTHING: Final = Wanted()


def read(query: bytes, frame: Frame) -> Wanted:
    """InvalidRequest for what the contract's patterns refuse, UnknownName for a name that no contract has."""
    if not query:
        return EVERYTHING
    try:
        given = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=50))
    except ValueError as error:
        raise MalformedRequest from error
    sections = fields = None
    if (names := _names(given, "sections", _SECTIONS)) is not None:
        sections = frozenset(names)
        known = frame.shapes.sections.keys()
        if wrong := [number for number, name in enumerate(names) if name not in known]:
            reason = f"one of: {', '.join(sorted(known))}"
            raise UnknownName(errors=[{"path": f"/query/sections/{number}", "reason": reason} for number in wrong])
    if (names := _names(given, "fields", _FIELDS)) is not None:
        fields = _fields(names, frame)
    return Wanted(sections, fields)


def reduce(section: bytes, fields: Mapping[str, frozenset[str]]) -> bytes:
    """A section with only these fields: other types are left out, envelopes stay whole."""
    whole: dict[str, Any] = orjson.loads(section)
    whole["records"] = {
        name: [
            record | {"body": {field: value for field, value in record["body"].items() if field in fields[name]}}
            for record in records
        ]
        for name, records in whole["records"].items()
        if name in fields
    }
    whole["series"] = [series for series in whole["series"] if series["type"] in fields]
    whole["held"] = [name for name in whole["held"] if name in fields]
    return orjson.dumps(whole)


def _names(given: Mapping[str, str], name: str, rule: tuple[int, re.Pattern[str]]) -> list[str] | None:
    text = given.get(name)
    if text is None:
        return None
    longest, pattern = rule
    if len(text) > longest or not pattern.fullmatch(text):
        raise InvalidRequest(errors=[{"path": f"/query/{name}", "reason": "string_pattern_mismatch"}])
    return text.split(",")


def _fields(names: list[str], frame: Frame) -> dict[str, frozenset[str]]:
    fields: dict[str, set[str]] = {}
    for number, name in enumerate(names):
        record_type, _, field = name.rpartition(".")
        topics = frame.shapes.types.get(record_type, ())
        if not any(field in frame.shapes.topics[topic].tree.properties for topic in topics):
            reason = "no such field; they are written <record type>.<field>, as /v1/contracts has them"
            raise UnknownName(errors=[{"path": f"/query/fields/{number}", "reason": reason}])
        fields.setdefault(record_type, set()).add(field)
    return {record_type: frozenset(found) for record_type, found in fields.items()}
