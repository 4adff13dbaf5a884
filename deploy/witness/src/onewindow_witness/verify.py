"""Verifies a whole log from outside: every tile, up to a root that its key and a witness signed, against all seen before."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from onewindow_witness.checkpoint import Signed
from onewindow_witness.cosignature import cosigned_at
from onewindow_witness.merkle import Frontier
from onewindow_witness.note import Note, NoteInvalid, NotSigned, PublicKey
from onewindow_witness.tiles import WIDTH, LogUnreadable, Source, Upper, leaf_tiles

PAUSE = 0.1

Outcome = Literal["verified", "rejected", "unknown"]


@dataclass(frozen=True, slots=True)
class Known:
    """A checkpoint of the log that somebody saw before; `where` says who, for the verdict."""

    signed: Signed
    where: str


@dataclass(slots=True)
class Verdict:
    """`rejected` means that the log is not what it signed or showed before; `unknown` that it could not be checked."""

    outcome: Outcome
    why: str
    signed: Signed | None = None
    cosigned: int | None = None
    """When the witness signed it, in seconds of the epoch; None without a witness's key."""
    compared: list[str] = field(default_factory=list)
    evidence: list[Note] = field(default_factory=list)


class _Rejected(Exception):
    def __init__(self, why: str, *evidence: Note) -> None:
        super().__init__(why)
        self.evidence = list(evidence)


def verify_log(
    source: Source,
    log: PublicKey,
    witness: PublicKey | None,
    known: Sequence[Known] = (),
    *,
    patience: float = 10,
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Verdict:
    """The verdict on the log behind `source`, whose key was handed over by another way.

    Without a witness's key the log is only held to its own signature and to `known`. A checkpoint is cosigned a moment
    after it is signed, so for `patience` seconds it is asked for again; `progress` hears how many leaves are read.
    """
    signed: Signed | None = None
    try:
        signed, cosigned = _checkpoint(source, log, witness, known, patience)
        _rebuild(source, signed, known, progress)
    except _Rejected as error:
        return Verdict("rejected", str(error), signed, evidence=error.evidence)
    except LogUnreadable as error:
        if error.missing and (signed is not None or known):
            return Verdict("rejected", f"a part of the log that it signed for is gone: {error}", signed)
        return Verdict("unknown", f"the log could not be read: {error}", signed)
    compared = [f"{each.where} ({each.signed.checkpoint.size:,} entries)" for each in known]
    if witness is not None and cosigned is None:
        why = f"{witness.name} has not cosigned this checkpoint, although it is whole and continues all that was seen"
        return Verdict("unknown", why, signed, None, compared)
    return Verdict("verified", "", signed, cosigned, compared)


def _checkpoint(
    source: Source, log: PublicKey, witness: PublicKey | None, known: Sequence[Known], patience: float
) -> tuple[Signed, int | None]:
    """The newest checkpoint, once it is cosigned and not behind what was seen, or as it is when patience ends."""
    end = time.monotonic() + patience
    longest = max((each.signed.checkpoint.size for each in known), default=0)
    while True:
        signed, cosigned = _read(source, log, witness)
        behind = signed.checkpoint.size < longest
        if time.monotonic() >= end or not (behind or (witness is not None and cosigned is None)):
            break
        time.sleep(PAUSE)
    for each in known:
        _hold(signed, each)
    return signed, cosigned


def _read(source: Source, log: PublicKey, witness: PublicKey | None) -> tuple[Signed, int | None]:
    try:
        signed = Signed.open(source.read("checkpoint"), log)
    except (NoteInvalid, NotSigned) as error:
        raise _Rejected(f"its checkpoint is not one: {error}") from error
    if witness is None:
        return signed, None
    if not any((each.name, each.id) == (witness.name, witness.id) for each in signed.note.signatures):
        return signed, None
    try:
        return signed, cosigned_at(signed.note, witness)
    except NotSigned as error:
        raise _Rejected(f"its checkpoint carries a false cosignature: {error}", signed.note) from error


def _hold(signed: Signed, known: Known) -> None:
    """That the checkpoint is neither shorter than one seen before, nor another of the same size."""
    now, then = signed.checkpoint, known.signed.checkpoint
    both = (known.signed.note, signed.note)
    if now.size < then.size:
        gone = then.size - now.size
        raise _Rejected(f"it was cut off: it has {now.size:,} entries, {gone:,} fewer than {known.where}", *both)
    if now.size == then.size and now.root != then.root:
        raise _Rejected(f"it was forked: of {now.size:,} entries it signed another root than {known.where}", *both)


def _rebuild(source: Source, signed: Signed, known: Sequence[Known], progress: Callable[[int, int], None]) -> None:
    """Every tile read, every hash made again, every earlier checkpoint met on the way."""
    size, root = signed.checkpoint.size, signed.checkpoint.root
    waiting = sorted(known, key=lambda each: each.signed.checkpoint.size)
    tree, upper = Frontier(), Upper(source, size)
    try:
        for tile in leaf_tiles(source, size):
            end = tree.size + len(tile)
            while waiting and waiting[0].signed.checkpoint.size < end:
                tree.extend(tile[len(tile) - (end - tree.size) :][: waiting[0].signed.checkpoint.size - tree.size])
                _met(tree, waiting.pop(0), signed)
            tree.extend(tile[len(tile) - (end - tree.size) :])
            if len(tile) == WIDTH:
                upper.add(tile)
            progress(tree.size, size)
        upper.finish()
    except ValueError as error:
        raise _Rejected(f"its tiles are not those of its tree: {error}", signed.note) from error
    if tree.root() != root:
        raise _Rejected("its tiles do not make up the root that it signed: an entry was changed or moved", signed.note)
    while waiting:
        _met(tree, waiting.pop(0), signed)


def _met(tree: Frontier, known: Known, signed: Signed) -> None:
    if tree.root() != known.signed.checkpoint.root:
        text = f"it was rewritten: its first {tree.size:,} entries are no longer those of {known.where}"
        raise _Rejected(text, known.signed.note, signed.note)
