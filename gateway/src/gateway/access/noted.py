"""The entries that the present request was kept under: whoever lets its answer out asks whether there are any."""

from __future__ import annotations

from contextvars import ContextVar

from onewindow_kit.access import Kept

_noted: ContextVar[list[Kept] | None] = ContextVar("noted", default=None)


def begin() -> list[Kept]:
    """An empty list that ``note`` fills from here on, in this request."""
    noted: list[Kept] = []
    _noted.set(noted)
    return noted


def note(kept: Kept) -> Kept:
    """These entries are acknowledged."""
    if (noted := _noted.get()) is not None:
        noted.append(kept)
    return kept
