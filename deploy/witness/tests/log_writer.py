"""A log as RFC 6962 defines it, recursively and slowly: written apart from everything that reads logs here."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "onewindow/test/access"


def leaf(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def mth(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.2."""
    return subproof(m, leaves, True) if 0 < m < len(leaves) else []


def subproof(m: int, leaves: Sequence[bytes], b: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if b else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], b), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


class Log:
    """A log with its key; `publish` lays it out for readers in a folder."""

    def __init__(
        self, leaves: Sequence[bytes] = (), key: Ed25519PrivateKey | None = None, origin: str = ORIGIN
    ) -> None:
        self.leaves, self.origin = list(leaves), origin
        self.key = key or Ed25519PrivateKey.generate()

    @property
    def key_line(self) -> str:
        raw = b"\1" + self.key.public_key().public_bytes_raw()
        return f"{self.origin}+{self._id().hex()}+{base64.b64encode(raw).decode()}"

    def _id(self) -> bytes:
        raw = self.key.public_key().public_bytes_raw()
        return sha256(self.origin.encode() + b"\n\1" + raw).digest()[:4]

    def checkpoint(self, size: int | None = None, more: str = "") -> str:
        """The signed note of its first `size` leaves, with `more` lines of signatures."""
        leaves = self.leaves[:size]
        text = f"{self.origin}\n{len(leaves)}\n{base64.b64encode(mth(leaves)).decode()}\n"
        signature = base64.b64encode(self._id() + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.origin} {signature}\n{more}"

    def request(self, old: int, size: int | None = None) -> bytes:
        """What it asks a witness."""
        leaves = self.leaves[:size]
        lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in proof(old, leaves))
        return f"old {old}\n{lines}\n{self.checkpoint(size)}".encode()

    def publish(self, folder: Path, more: str = "") -> Path:
        level, hashes = 0, self.leaves
        while hashes:
            for at in range(0, len(hashes), 256):
                part = hashes[at : at + 256]
                name = f"x{at // 256 // 1000:03}/{at // 256 % 1000:03}" if at // 256 > 999 else f"{at // 256:03}"
                file = (
                    folder / f"tile/{level}/{name}"
                    if len(part) == 256
                    else folder / f"tile/{level}/{name}.p/{len(part)}"
                )
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(b"".join(part))
            full = len(hashes) // 256
            hashes = [mth(hashes[at * 256 : at * 256 + 256]) for at in range(full)]
            level += 1
        folder.mkdir(exist_ok=True)
        (folder / "checkpoint").write_text(self.checkpoint(more=more))
        return folder


def entries(count: int, mark: str = "entry") -> list[bytes]:
    return [leaf(f"{mark} {n}".encode()) for n in range(count)]
