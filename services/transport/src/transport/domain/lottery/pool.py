"""A pool from its opening to its draw: which step may follow which, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from transport.domain.lottery import parties as these
from transport.domain.lottery.draw import Listed, root_of, seed_of, winners
from transport.domain.lottery.parties import Party
from transport.domain.lottery.problems import (
    CommitmentsMissing,
    DrawTooEarly,
    EntriesAltered,
    FreezeTooEarly,
    LotteryAwarded,
    LotteryDrawn,
    LotteryFrozen,
    LotteryNotDrawn,
    LotteryNotFrozen,
    PublicValueKnown,
    RevealTimeTooShort,
    RevealTooLate,
)

State = Literal["open", "frozen", "drawn", "awarded"]


@dataclass(frozen=True, slots=True)
class PublicValue:
    """Named at the freeze, known from ``due_at``; ``value`` is None before the draw."""

    source: str
    reference: str
    due_at: datetime
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    urn: str
    quota: int
    opened_on: date
    freeze_on: date
    parties: tuple[Party, ...]
    state: State = "open"
    public_value: PublicValue | None = None
    size: int | None = None
    root: str | None = None
    frozen_at: datetime | None = None
    seed: str | None = None
    drawn_at: datetime | None = None
    awarded: int | None = None


def takes_entries(pool: Pool) -> None:
    if pool.state != "open":
        raise LotteryFrozen


def commit(pool: Pool, party: str, commitment: str, signature: str) -> Pool:
    takes_entries(pool)
    return _with(pool, these.committed(pool.urn, these.find(pool.parties, party), commitment, signature))


def may_freeze(pool: Pool, today: date, now: datetime, due_at: datetime, least: timedelta) -> None:
    """All parties are bound, what they will be mixed with is in nobody's hands yet, and they have time to reveal."""
    takes_entries(pool)
    if today < pool.freeze_on:
        raise FreezeTooEarly
    if any(party.commitment is None for party in pool.parties):
        raise CommitmentsMissing
    if due_at <= now:
        raise PublicValueKnown
    if due_at < now + least:
        raise RevealTimeTooShort


def freeze(
    pool: Pool, listed: Sequence[Listed], today: date, now: datetime, public_value: PublicValue, least: timedelta
) -> Pool:
    """The list is what it is from now on: its root stands in the record before any randomness exists."""
    may_freeze(pool, today, now, public_value.due_at, least)
    return replace(
        pool, state="frozen", public_value=public_value, size=len(listed), root=root_of(listed), frozen_at=now
    )


def reveal(pool: Pool, party: str, secret: str, now: datetime) -> Pool:
    """Before the public value is known: whoever waits for it to choose whether to reveal comes too late."""
    value = _frozen(pool)
    found = these.find(pool.parties, party)
    if now >= value.due_at:
        raise RevealTooLate
    return _with(pool, these.revealed(pool.urn, found, secret))


def draw(pool: Pool, listed: Sequence[Listed], value: str, now: datetime) -> tuple[Pool, list[str]]:
    """The drawn pool and the winning codes in order; EntriesAltered when the list is not the frozen one."""
    known = _frozen(pool)
    if now < known.due_at:
        raise DrawTooEarly
    if len(listed) != pool.size or pool.root != root_of(listed):
        raise EntriesAltered
    secrets = [(party.name, party.contribution) for party in pool.parties]
    seed = seed_of(pool.urn, pool.root or "", secrets, (known.source, known.reference, value))
    drawn = replace(pool, state="drawn", public_value=replace(known, value=value), seed=seed, drawn_at=now)
    return drawn, winners(seed, listed, pool.quota)


def may_award(pool: Pool) -> None:
    match pool.state:
        case "awarded":
            raise LotteryAwarded
        case "open" | "frozen":
            raise LotteryNotDrawn


def award(pool: Pool, given: int) -> Pool:
    may_award(pool)
    return replace(pool, state="awarded", awarded=given)


def _frozen(pool: Pool) -> PublicValue:
    if pool.public_value is None:
        raise LotteryNotFrozen
    if pool.state != "frozen":
        raise LotteryDrawn
    return pool.public_value


def _with(pool: Pool, party: Party) -> Pool:
    return replace(pool, parties=tuple(party if each.name == party.name else each for each in pool.parties))
