"""A person's entry in a pool."""

from __future__ import annotations

from typing import Literal

from transport.domain.lottery.problems import EntryStateForbids

State = Literal["entered", "withdrawn", "excluded", "listed", "lost", "won", "awarded", "not-awarded"]
ENDED: tuple[State, ...] = ("withdrawn", "excluded", "lost", "awarded", "not-awarded")
"""What changes no more."""


def may_withdraw(state: str) -> None:
    if state != "entered":
        raise EntryStateForbids(f"The entry is {state}")
