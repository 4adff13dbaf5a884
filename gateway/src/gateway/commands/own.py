"""Commands about something of one's own: the gateway sees that it is, for only the gateway knows all of a person.

A contract says so by ``x-own``: where in the body an access entry or a record is named. It must stand in the caller's own
access record, or window; anything else looks as if it were not there. What an entry holds goes along in a header: the
department may believe it, because nobody but the gateway holds tokens that reach these operations.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import orjson
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound

ENTRY, RECORD = "entry", "record"
HEADER: Final = "Onewindow-Entry-Facts"
FACTS: Final = (
    *("at", "kind", "outcome", "organisation", "client", "actor"),
    *("purpose", "legal_basis", "case", "operation"),
)
EntryOf = Callable[[Sequence[str], str], Awaitable[Mapping[str, Any] | None]]
Names = Callable[[str], Sequence[str]]
Holds = Callable[[Sequence[str], str], bool]


class Own:
    """``names`` gives all pseudonyms of a gateway pseudonym's person; ``entry_of`` an entry of theirs by id, ``holds``
    whether a record of that URN is theirs."""

    def __init__(self, names: Names, entry_of: EntryOf, holds: Holds) -> None:
        self._names, self._entry_of, self._holds = names, entry_of, holds

    async def check(
        self, caller: Principal, wanted: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> dict[str, str]:
        """Headers for the department; NotFound for what is not the caller's. What is no text the department refuses."""
        headers: dict[str, str] = {}
        for what, pointer in wanted.items():
            named = at(body, pointer)
            if not isinstance(named, str):
                continue
            names = (caller.subject, *self._names(caller.subject))
            if what == RECORD:
                if not self._holds(names, named):
                    raise NotFound
            elif what == ENTRY:
                entry = await self._entry_of(names, named)
                if entry is None:
                    raise NotFound
                headers[HEADER] = encoded(entry)
            else:
                raise ValueError(f"x-own knows no {what}")
        return headers


def at(body: Mapping[str, Any] | None, pointer: str) -> Any:
    """The value at a JSON Pointer (RFC 6901), None where there is none."""
    value: Any = body
    for step in pointer.split("/")[1:]:
        value = value.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(value, Mapping) else None
    return value


def encoded(entry: Mapping[str, Any]) -> str:
    """What a department is told of an entry: base64url of JSON, without padding."""
    raw = orjson.dumps({name: entry.get(name) for name in FACTS})
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
