"""A process's operators' port: is it ready, and what does it measure. Plain HTTP over asyncio: no client to import."""

import asyncio
import re
from collections.abc import Iterable

from onewindow_local.instance import Instance
from onewindow_local.secrets_file import known_or_made

TOKEN = "operators"
Sample = tuple[str, dict[str, str], float]
"""Name, labels, value."""


def operators_token(instance: Instance) -> str:
    """What the operators' ports of this instance ask for before they tell their metrics; made once, kept with the keys."""
    return known_or_made(instance.keys / "operators.json", [TOKEN])[TOKEN]


async def get(port: int, path: str, seconds: float = 2, token: str = "") -> tuple[int, str]:
    """Status and body of `path` on `port`; status 0 when nobody answers in time."""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(
                    f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
                )
                raw = await reader.read()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return 0, ""
    head, _, body = raw.partition(b"\r\n\r\n")
    parts = head.split(b" ", 2)
    return (int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0), body.decode(errors="replace")


async def ready(port: int) -> bool:
    status, _ = await get(port, "/readyz")
    return status == 200


async def until_ready(port: int, seconds: float) -> bool:
    """Wait until the process on `port` is ready; False when it is not after `seconds`."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await ready(port):
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True


async def samples(instance: Instance, service: str) -> list[Sample]:
    """All samples of /metrics of `service`; empty when the process does not answer."""
    status, body = await get(instance.ops_port(service), "/metrics", token=operators_token(instance))
    return list(parse(body)) if status == 200 else []


async def until_seen(instance: Instance, departments: Iterable[str], since: float, seconds: float) -> bool:
    """Wait until the view holds all that `departments` had published at `since` (seconds of the epoch), by what the
    projector measures; False when it does not after `seconds`, which `status` then explains."""
    deadline = asyncio.get_running_loop().time() + seconds
    wanted = set(departments)
    while True:
        seen = {
            labels.get("department")
            for name, labels, value in await samples(instance, "projector")
            if name == "onewindow_section_as_of_timestamp_seconds" and value >= since
        }
        if wanted <= seen:
            return True
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(0.1)


_LINE = re.compile(r"^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def parse(text: str) -> list[Sample]:
    """The samples of an OpenMetrics text; comments and anything else are skipped."""
    found: list[Sample] = []
    for line in text.splitlines():
        match = None if line.startswith("#") else _LINE.match(line)
        if match is not None:
            labels = {name: value.replace('\\"', '"') for name, value in _LABEL.findall(match[2] or "")}
            found.append((match[1], labels, float(match[3])))
    return found
