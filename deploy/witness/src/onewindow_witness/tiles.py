"""Reads a log as C2SP tlog-tiles lays it out: a checkpoint and tiles of 256 hashes, over HTTP or in a folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol

import httpx

from onewindow_witness.merkle import root_of

WIDTH, HASH = 256, 32
TRIES, WAITS = 3, 120


class LogUnreadable(Exception):
    """A file of the log could not be had, so nothing can be said of it; `missing` when the log itself says it has none."""

    def __init__(self, text: str, *, missing: bool = False) -> None:
        super().__init__(text)
        self.missing = missing


class Source(Protocol):
    """Where a log's files are."""

    def read(self, path: str) -> bytes:
        """The file's bytes. LogUnreadable when it is not there or cannot be reached."""
        ...


class Folder:
    """A log that was copied, or that is served by any web server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError as error:
            raise LogUnreadable(f"there is no {path} in {self.folder}", missing=True) from error
        except OSError as error:
            raise LogUnreadable(f"{path} in {self.folder}: {error.strerror}") from error


class Web:
    """A log behind an address, over one connection that is kept."""

    def __init__(self, address: str, timeout: float = 20) -> None:
        self.address = address.rstrip("/")
        self._client = httpx.Client(timeout=timeout, headers={"Accept-Encoding": "identity"})

    def read(self, path: str) -> bytes:
        failed, left, waits = "", TRIES, WAITS
        while left and waits:
            try:
                answer = self._client.get(f"{self.address}/{path}")
            except httpx.HTTPError as error:
                failed, left = str(error) or type(error).__name__, left - 1
                continue
            if answer.status_code == 200:
                return answer.content
            failed = f"status {answer.status_code}"
            if answer.status_code == 429:
                # A long log is more than one reader may ask for in a minute.
                waits -= 1
                time.sleep(_asked_to_wait(answer))
            elif answer.status_code < 500:
                break
            else:
                left -= 1
        missing = failed in ("status 404", "status 410")
        raise LogUnreadable(f"{self.address}/{path}: {failed}", missing=missing)

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()


def _asked_to_wait(answer: httpx.Response) -> float:
    """Seconds that the server names, within reason."""
    told = answer.headers.get("retry-after", "")
    return min(float(told), 30.0) if told.isdigit() else 1.0


def source_of(place: str) -> Source:
    """An address that begins with http, or a folder."""
    return Web(place) if place.startswith(("http://", "https://")) else Folder(Path(place))


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """`tile/<level>/<number in groups of three digits>`, and `.p/<width>` where it is not full."""
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def hashes_of(told: bytes, width: int) -> list[bytes]:
    """The hashes of a tile of exactly `width`. ValueError when it is longer or shorter."""
    if len(told) != width * HASH:
        raise ValueError(f"a tile of {width} hashes has {len(told)} bytes")
    return [told[at : at + HASH] for at in range(0, len(told), HASH)]


def read_tile(source: Source, level: int, number: int, width: int) -> list[bytes]:
    """A tile's first `width` hashes; a log may have dropped a partial tile once the full one is there."""
    try:
        return hashes_of(source.read(tile_path(level, number, width)), width)
    except LogUnreadable as error:
        if width == WIDTH or not error.missing:
            raise
    return hashes_of(source.read(tile_path(level, number)), WIDTH)[:width]


def leaf_tiles(source: Source, size: int) -> Iterator[list[bytes]]:
    """All leaf hashes of a log of `size`, tile by tile."""
    for number in range(-(-size // WIDTH)):
        yield read_tile(source, 0, number, min(WIDTH, size - number * WIDTH))


class Upper:
    """Tiles above the leaves, each checked against what the leaves give: no part of a served log stays unread."""

    def __init__(self, source: Source, size: int) -> None:
        self.source, self.size = source, size
        self._open: list[list[bytes]] = []
        self._done: list[int] = []

    def add(self, leaves: list[bytes]) -> None:
        """The next full tile of leaves. ValueError when a tile above it is not made of these."""
        self._push(0, root_of(leaves))

    def _push(self, above: int, digest: bytes) -> None:
        if above == len(self._open):
            self._open.append([])
            self._done.append(0)
        self._open[above].append(digest)
        if len(self._open[above]) == WIDTH:
            full = self._open[above]
            self._compare(above, full)
            self._open[above] = []
            self._done[above] += 1
            self._push(above + 1, root_of(full))

    def finish(self) -> None:
        """The partial tiles at the right edge."""
        for above, rest in enumerate(self._open):
            if rest:
                self._compare(above, rest)

    def _compare(self, above: int, expected: list[bytes]) -> None:
        number = self._done[above]
        if read_tile(self.source, above + 1, number, len(expected)) != expected:
            raise ValueError(f"tile {number} of level {above + 1} is not made of the tiles below it")
