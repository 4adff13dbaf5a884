"""Contracts of a department that exists only here: everything the view must do is in its two topics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

INNER = {"category": "other", "sensitivity": "internal", "masking": {"strategy": "none"}}
OFFICE = "demo.city-library"


def topic(name: str, **changed: Any) -> dict[str, Any]:
    """A topic file of the department ``library``."""
    return {
        "topic": f"library.{name}.v1",
        "kind": "record",
        "department": "library",
        "record_type": name,
        "schema": f"../records/library/{name}.v1.json#/$defs/{name.capitalize()}",
        "section": "library",
        "section_title": {"zh": "图书馆", "en": "Library"},
        "title": {"zh": "借阅", "en": "Loan"},
        "authorities": ["city-library"],
        "producers": ["library"],
        "consumers": ["gateway"],
        "compatibility": "backward",
        "partitions": 4,
        "retention": {"cleanup": "compact", "max_compaction_lag": "PT24H", "delete_retention": "P7D"},
        "sealing": {"key": f"library.{name}.v1"},
    } | changed


def loan(**more: Any) -> dict[str, Any]:
    """The schema of a loan's body: a fine that only the borrower sees, a note that nobody sees, a remark without class."""
    text = {"type": "string", "maxLength": 200}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["book"],
        "properties": {
            "book": text | {"x-data-classification": INNER},
            "due_on": {"type": "string", "format": "date", "x-data-classification": INNER},
            "fine_fen": {"type": "integer", "minimum": 0, "x-visible-to": ["borrower"], "x-data-classification": INNER},
            "note": text | {"x-visible-to": [], "x-data-classification": INNER},
            "remark": text,
            "shelf": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"room": text | {"x-data-classification": INNER}, "camera": text},
            },
        }
        | more,
    }


def write(folder: Path, *names: str, loans: dict[str, Any] | None = None) -> Path:
    """A contracts folder with the topics ``names``, a heartbeat and the office that publishes there."""
    schema = loans or loan()
    for name in names:
        _write(folder / "topics" / f"library.{name}.v1.yaml", yaml.safe_dump(topic(name), allow_unicode=True))
        document = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": f"#/$defs/{name.capitalize()}",
            "$defs": {name.capitalize(): schema},
        }
        _write(folder / "records" / "library" / f"{name}.v1.json", json.dumps(document))
    beat = {
        "topic": "library.heartbeat.v1",
        "kind": "heartbeat",
        "department": "library",
        "title": {"zh": "心跳", "en": "Heartbeat"},
        "producers": ["library"],
        "consumers": ["gateway"],
        "compatibility": "backward",
        "partitions": 1,
        "retention": {"cleanup": "compact"},
    }
    _write(folder / "topics" / "library.heartbeat.v1.yaml", yaml.safe_dump(beat, allow_unicode=True))
    office = {
        "id": "city-library",
        "title": {"zh": "市图书馆", "en": "City Library"},
        "uscc": "11330100247100038A",
        "division": "330100",
        "level": "city",
        "parent": None,
        "host": "library",
        "sector": "library",
        "valid_from": "2020-01-01",
        "valid_until": None,
        "successor": None,
    }
    authorities = {"instance": "demo", "level": "city", "division": "330100", "parent": None, "authorities": [office]}
    text = yaml.safe_dump(authorities, allow_unicode=True)
    _write(folder / "authorities" / "library.yaml", text.replace("'2020-01-01'", "2020-01-01"))
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    fresh.replace(path)
