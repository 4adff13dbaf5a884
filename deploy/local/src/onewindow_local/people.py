"""The sample people of an instance, as its sample file tells them."""

import json
from dataclasses import dataclass
from typing import Any

from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance


@dataclass(frozen=True)
class Sample:
    """`ref` is the short name used on the command line; `sentence` says what is special about this person."""

    ref: str
    sentence: str
    entry: dict[str, Any]


def read(instance: Instance) -> list[Sample]:
    """All of them, named samples first; empty when none were loaded."""
    if not instance.people_file.exists():
        return []
    content = json.loads(instance.people_file.read_text())
    entries = content["people"] if isinstance(content, dict) else content
    return [Sample(entry["ref"], entry.get("sentence", ""), entry) for entry in entries]


def find(instance: Instance, ref: str) -> Sample:
    """The person called `ref`; LocalError with the nearest names when there is none."""
    import difflib

    people = read(instance)
    for person in people:
        if person.ref == ref:
            return person
    near = difflib.get_close_matches(ref, [person.ref for person in people], n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "./onewindow people lists all."
    raise LocalError(f"No sample person is called {ref!r}.", hint)
