"""An HTTP load generator on raw asyncio protocols: cheap enough to leave the other core to the server.

Keep-alive, one request in flight per connection, bounded by a duration; only loopback addresses are taken.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """What came back: requests answered per second, latencies in seconds (sorted), answers by status."""

    rate: float
    latencies: list[float]
    statuses: Counter[int] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], tally: _Tally) -> None:
        self.requests, self.tally = requests, tally
        self.buffer = b""
        self.started = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]  # TCP gives a Transport
        self._send()

    def _send(self) -> None:
        self.started = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        buffer = self.buffer + data if self.buffer else data
        end = buffer.find(b"\r\n\r\n")
        if end < 0 or len(buffer) < end + 4 + _content_length(buffer, end):
            self.buffer = buffer
            return
        self.buffer = b""
        self.tally.note(int(buffer[9:12]), time.perf_counter() - self.started)
        if self.tally.over:
            self.transport.close()
        else:
            self._send()

    def connection_lost(self, _error: Exception | None) -> None:
        self.tally.closed()


def _content_length(buffer: bytes, end: int) -> int:
    head = buffer[:end].lower()
    start = head.find(b"\r\ncontent-length:")
    if start < 0:
        return 0
    return int(head[start + 17 :].split(b"\r\n", 1)[0])


class _Tally:
    def __init__(self, connections: int, warm_until: float, over_at: float) -> None:
        self.open, self.warm_until, self.over_at = connections, warm_until, over_at
        self.done = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.over = False

    def note(self, status: int, latency: float) -> None:
        moment = time.perf_counter()
        self.statuses[status] += 1
        if moment >= self.warm_until:
            self.latencies.append(latency)
        if moment >= self.over_at:
            self.over = True

    def closed(self) -> None:
        self.open -= 1
        if self.open == 0 and not self.done.done():
            self.done.set_result(None)


async def drive(port: int, requests: Iterable[bytes], *, seconds: float, connections: int = 32) -> Load:
    """Send ``requests`` (raw HTTP/1.1, repeated in order) to 127.0.0.1:``port``; the first fifth warms up uncounted."""
    start = time.perf_counter()
    tally = _Tally(connections, start + seconds / 5, start + seconds)
    source = itertools.cycle(requests)
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: _Connection(source, tally), "127.0.0.1", port)
    await asyncio.wait_for(tally.done, seconds + 30)
    return Load(len(tally.latencies) / (seconds * 4 / 5), sorted(tally.latencies), tally.statuses)


def post(path: str, body: bytes, *, host: str, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """A raw POST request with a JSON body."""
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers)]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def get(path: str, *, host: str = "127.0.0.1", headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """A raw GET request."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode()
