"""Rows, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError


class FileRefused(ValueError):
    """The whole file cannot be read; the text says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is refused: ``field`` as the department calls it (None: the whole row), ``code`` kebab-case."""

    code: str
    reason: str
    field: str | None = None


class RowRefused(Exception):
    """Raised by a department's ``parse``: one or more refusals of the row."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals


@dataclass(slots=True)
class Row:
    """One row as it stands in the file.

    ``line`` is its first line, ``last`` its last one, ``end`` the byte offset after it; ``values``: by field, None where
    the row is refused.
    """

    line: int
    last: int
    end: int
    text: str
    values: dict[str, Any] | None
    refusals: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class Parsed:
    """A row that the department's ``parse`` took; ``model`` is what it returned."""

    line: int
    text: str
    model: Any


def refusals_of(error: ValidationError) -> tuple[Refusal, ...]:
    """Pydantic's findings, without the values."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return tuple(
        Refusal(
            code=one["type"].replace("_", "-"),
            reason=one["msg"].removeprefix("Value error, "),
            field=".".join(str(step) for step in one["loc"]) or None,
        )
        for one in found
    )
