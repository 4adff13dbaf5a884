"""One batch of entries as it lies in Kafka: a record of ``access.entries.v1``, sealed, numbered and chained.

Plain bytes are frames ``salt(16) | length(4, big endian) | entry``, one after the other. Headers name the writer's chain
(random, of one process), the batch's number in it from 0, the SHA-256 of the sealed value before it (empty at 0), how many
entries it has, which key sealed it, and, in the first batch after a chain was given up, which one and its last number that
was acknowledged. All of them are bound into the seal, so that none can be changed alone; a missing batch shows by the next
one's number and hash, a missing end by the next chain's ``after``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from onewindow_kit.keyring import NoKey
from onewindow_kit.sealing import Sealer, Tampered
from onewindow_kit.wire import Refused

TOPIC = "access.entries.v1"
PARTITION = 0
SALT = 16
_HEAD = SALT + 4
_NAME = re.compile(r"[a-z2-7]{22}")
Headers = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Batch:
    """An opened batch. ``digest`` is the SHA-256 of its sealed value: what the next one's ``previous`` must be."""

    writer: str
    number: int
    previous: bytes
    after: tuple[str, int] | None
    """The chain that was given up before this one began, and its last acknowledged number (-1: none)."""
    digest: bytes
    entries: tuple[tuple[bytes, bytes], ...]
    """Salt and entry, in order."""


def leaf(salt: bytes, entry: bytes) -> bytes:
    """The leaf of an entry in the Merkle tree (RFC 6962, 2.1: SHA-256 over 0x00 and the leaf's data)."""
    return sha256(b"\0" + salt + entry).digest()


def framed(salt: bytes, entry: bytes) -> bytes:
    return b"%b%b%b" % (salt, len(entry).to_bytes(4, "big"), entry)


def seal(
    sealer: Sealer, writer: str, number: int, previous: bytes, after: tuple[str, int] | None, frames: Sequence[bytes]
) -> tuple[list[tuple[str, bytes]], bytes]:
    """Headers and sealed value of a batch; NoKey when this holder writes no entries."""
    said = f"{after[0]}:{after[1]}" if after else ""
    count = len(frames)
    key_id, value = sealer.seal(TOPIC, _place(writer, previous, said, count), number, b"".join(frames))
    headers = [
        ("ow-writer", writer.encode()),
        ("ow-number", b"%d" % number),
        ("ow-previous", previous.hex().encode()),
        ("ow-after", said.encode()),
        ("ow-count", b"%d" % count),
        ("ow-key", key_id.encode()),
    ]
    return headers, value


def read(sealer: Sealer, headers: Headers, value: bytes | None) -> Batch:
    """The batch in a Kafka record; Refused when it has not the form of one, or was not sealed as its headers say."""
    try:
        text = {name: raw.decode("ascii") for name, raw in headers}
        writer, number, count = text["ow-writer"], int(text["ow-number"]), int(text["ow-count"])
        previous, after, key_id = bytes.fromhex(text["ow-previous"]), text["ow-after"], text["ow-key"]
        before = (after[:22], int(after[23:])) if after else None
    except KeyError as error:
        raise Refused("header-missing", f"header {error.args[0]} is missing") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused("header-malformed", "a header cannot be read") from error
    chained = len(previous) == (32 if number else 0)
    if value is None or not _NAME.fullmatch(writer) or number < 0 or count < 1 or not chained or (before and number):
        raise Refused("header-malformed", "headers do not name a place in a chain")
    try:
        plain = sealer.open(TOPIC, key_id, _place(writer, previous, after, count), number, value)
    except NoKey as error:
        raise Refused("key-unknown", str(error)) from error
    except Tampered as error:
        raise Refused("seal-broken", str(error)) from error
    entries = tuple(_frames(plain))
    if len(entries) != count:
        raise Refused("batch-malformed", f"{len(entries)} entries where the header says {count}")
    return Batch(writer, number, previous, before, sha256(value).digest(), entries)


def opened(sealer: Sealer, headers: Headers, value: bytes | None) -> Iterable[bytes]:
    """Only the entries of a batch, in order; Refused as ``read``."""
    return [entry for _, entry in read(sealer, headers, value).entries]


def _place(writer: str, previous: bytes, after: str, count: int) -> str:
    return f"{writer}|{previous.hex()}|{after}|{count}"


def _frames(plain: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 0, len(plain)
    while at < end:
        start = at + _HEAD
        following = start + int.from_bytes(plain[at + SALT : start], "big")
        if following > end or following == start:
            raise Refused("batch-malformed", "a frame is longer than the batch")
        yield plain[at : at + SALT], plain[start:following]
        at = following
