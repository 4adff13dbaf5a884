"""Where schemas stand in an OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def roots(node: Any, file: Path, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, tuple[str | int, ...]]]:
    """The schemas of an OpenAPI document that stand outside other schemas: components, parameters, bodies, headers."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from roots(item, file, (*steps, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            if (not steps and key.startswith("x-")) or key in ("example", "examples", "headers"):
                continue  # YAML anchors; samples; headers of answers, which the service alone writes
            if isinstance(key, str) and "content" in steps[-1:] and "json" not in key and "form" not in key:
                continue  # pages and streams are no JSON
            if key == "schema":
                yield value, (*steps, key)
            elif key == "schemas" and steps == ("components",):
                yield from ((schema, (*steps, key, name)) for name, schema in value.items())
            else:
                yield from roots(value, file, (*steps, key))
