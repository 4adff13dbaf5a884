"""A kind of adverse act: what it does to a person's records, and how that is undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.act import Act, Degree


@dataclass(frozen=True, slots=True)
class Effect:
    """The URNs that an effect made or changed, and what undoing needs to know of how it was before (JSON)."""

    results: Sequence[str] = ()
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """``effect(context, session, act)`` does it, in the transaction of the step that puts it in force; a Problem from it
    stops the step and leaves nothing. ``undo(context, session, act)`` restores what was; ActOvertaken when it cannot.
    """

    name: str
    degree: Degree
    effect: Callable[[Any, AsyncSession, Act], Awaitable[Effect]]
    undo: Callable[[Any, AsyncSession, Act], Awaitable[Sequence[str]]]
