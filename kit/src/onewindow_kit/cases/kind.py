"""A kind of case: who decides it, on what legal basis, and what granting it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.cases.case import Case


@dataclass(frozen=True, slots=True)
class Kind:
    """``grant(context, session, case, answer)`` does what was asked for, in the deciding transaction, and returns the
    URNs that it made or changed; a Problem from it stops the decision and leaves nothing.

    ``authority`` is the office's local name. ``ended`` runs when a case ends without being granted. ``at_once`` is the
    reason given where no officer decides: the case is granted as soon as every party has consented. ``reopened`` takes back
    what ``ended`` did, when a refusal turns out wrong.
    """

    name: str
    authority: str
    legal_basis: str
    remedy: str
    grant: Callable[[Any, AsyncSession, Case, Mapping[str, Any]], Awaitable[Sequence[str]]]
    at_once: str | None = None
    ended: Callable[[Any, AsyncSession, Case], Awaitable[None]] | None = None
    reopened: Callable[[Any, AsyncSession, Case], Awaitable[None]] | None = None
