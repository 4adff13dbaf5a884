"""Numbers for pseudonyms, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from onewindow_kit.imports import Parsed, Refusal

DEFAULT_SCHEME = "cn-id"
UNKNOWN = Refusal("person-not-found", "The population office knows no such number.", "number")


class Numbers(Protocol):
    """Who exchanges numbers: identity's client."""

    async def resolve_batch(self, numbers: Sequence[str], *, scheme: str) -> Sequence[Any]: ...


class Named(Protocol):
    """A parsed row that names a person by number until ``person`` is filled in."""

    person: str

    @property
    def scheme(self) -> str: ...
    @property
    def number(self) -> str: ...


def exchange(identity: Numbers) -> Callable[[list[Parsed]], Awaitable[list[tuple[Parsed, Refusal]]]]:
    """The import's ``prepare``: fills in each row's pseudonym, refuses those whose number nobody has."""

    async def prepare(rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        by_scheme: Mapping[str, list[Parsed]] = defaultdict(list)
        for row in rows:
            by_scheme[row.model.scheme].append(row)
        refused = []
        for scheme, named in by_scheme.items():
            found = await identity.resolve_batch([row.model.number for row in named], scheme=scheme)
            for row, pseudonym in zip(named, found, strict=True):
                if pseudonym is None:
                    refused.append((row, UNKNOWN))
                else:
                    row.model.person = str(pseudonym)
        return refused

    return prepare
