"""A whole instance for measuring, in a folder that is thrown away; and who runs on which core."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.auth.claims import LIFETIME
from onewindow_kit.testing import eventually
from onewindow_local.environment import addresses, service_environment
from onewindow_local.instance import CHECKOUT, Instance
from onewindow_local.tokens import Issuer

PORT = 21_000
UNLIMITED = {"ONEWINDOW_RATE_LIMIT": "1000000", "ONEWINDOW_RATE_BURST": "1000000"}


def say(text: str) -> None:
    """Progress, beside the figures."""
    print(f"  {text}", file=sys.stderr, flush=True)


@contextmanager
def instance(people: int, port: int = PORT, *, contracts: Path | None = None) -> Iterator[Instance]:
    """A running instance with ``people`` sample people; stopped and thrown away at the end.

    ``contracts``: a folder that it reads besides the product's.
    """
    folder = Path(tempfile.mkdtemp(prefix="ow-bench-"))
    made = Instance(folder / "data", port)
    try:
        say(f"starting an instance with {people:,} people")
        more = {} if contracts is None else {"ONEWINDOW_CONTRACTS": f"{CHECKOUT / 'contracts'}{os.pathsep}{contracts}"}
        onewindow(made, "up", "--detach", "--people", str(people), **more)
        yield made
    finally:
        onewindow(made, "down", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def onewindow(made: Instance, *arguments: str, check: bool = True, **more: str) -> None:
    where = ("--data", str(made.folder), "--port", str(made.port))
    command = [sys.executable, "-m", "onewindow_local", *arguments, *where]
    environment = os.environ | UNLIMITED | more
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def pin(pid: int, cores: set[int]) -> None:
    """Let every thread of a process of ours run on ``cores`` only."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


def pids(made: Instance) -> dict[str, int]:
    """Process id by name, as the supervisor wrote it down."""
    processes = made.state()["processes"]
    return {name: each["pid"] if isinstance(each, dict) else each for name, each in processes.items()}


def environment_of(made: Instance, name: str) -> dict[str, str]:
    """The settings that process ``name`` of the instance runs with."""
    return service_environment(made, addresses(made), name)


def measured_alone(made: Instance, name: str) -> None:
    """Give process ``name`` the first core for itself; everything else of the instance and we take the second."""
    for other, pid in pids(made).items():
        pin(pid, {0} if other == name else {1})
    os.sched_setaffinity(0, {1})


def numbers_of(count: int) -> list[str]:
    """Identification numbers of at least ``count`` sample people who are registered."""
    from onewindow_local.sample.city import City

    numbers: list[str] = []
    for resident in City().residents(count * 2):
        numbers += [p.number for p in resident.household.persons() if p.number and p.standing == "registered"]
        if len(numbers) >= count:
            break
    return numbers


@contextmanager
def paused(made: Instance, name: str) -> Iterator[None]:
    """Process ``name`` of our instance stands still: what it does has a bench of its own, and would take the core of whoever
    sends requests and of the broker, which here share the second one."""
    pid = pids(made)[name]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def citizen_tokens(made: Instance, count: int) -> list[str]:
    """Tokens of ``count`` different sample people; good for ten minutes."""
    return [signed(made, pseudonym, "citizen", "onewindow-cli", sector="gateway") for pseudonym in people(made, count)]


def people(made: Instance, count: int, sector: str = "gateway") -> list[str]:
    """The pseudonyms of ``count`` sample people in a sector whose service asks for them."""
    found = _pseudonyms(made, numbers_of(count * 2), sector)[:count]
    if len(found) < count:
        raise RuntimeError(f"only {len(found)} of {count} people were found")
    return found


def signed(made: Instance, subject: str, kind: str, client: str, **claims: Any) -> str:
    """A token for the gateway, signed with the instance's own key: its login page takes 10 ms each."""
    key = issuer_key(made)
    now = int(time.time())
    said = {"iss": made.url("identity"), "aud": ["gateway"], "sub": subject, "iat": now, "exp": now + LIFETIME}
    said |= {"jti": uuid.uuid4().hex, "client_id": client, "kind": kind} | claims
    return jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": key.kid}, said, key)


@cache
def issuer_key(made: Instance) -> ECKey:
    """The key that signs at present."""
    ring = json.loads((made.keys / "identity.json").read_text())["issuer"]
    return ECKey.import_key(ring["keys"][ring["current"]])


def _pseudonyms(made: Instance, numbers: list[str], service: str) -> list[str]:
    granted = Issuer(made).client_credentials(service)["access_token"]
    found: list[str] = []
    with httpx.Client(base_url=made.url("identity"), timeout=60) as client:
        for start in range(0, len(numbers), 2000):
            asked = {"scheme": "cn-id", "numbers": numbers[start : start + 2000]}
            headers = {"Authorization": f"Bearer {granted}"}
            answer = client.post("/v1/pseudonyms/batch", json=asked, headers=headers).raise_for_status()
            found += [each for each in answer.json()["pseudonyms"] if each]
    return found


@asynccontextmanager
async def constant_bytes(size: int, port: int) -> AsyncIterator[None]:
    """The same uvicorn on the first core, answering ``size`` constant bytes from bare ASGI."""
    command = [sys.executable, "-m", "uvicorn", "tests.bench.constant:app", "--port", str(port)]
    command += ["--log-level", "warning", "--no-access-log"]
    environment = os.environ | {"ONEWINDOW_BENCH_BYTES": str(size)}
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environment)
    try:
        await until_open(port)
        pin(process.pid, {0})
        yield
    finally:
        process.terminate()
        process.wait(10)


@asynccontextmanager
async def nginx(size: int, port: int) -> AsyncIterator[bool]:
    """nginx with one worker on the first core, serving a static file of ``size``; False where it is not installed."""
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if binary is None:
        yield False
        return
    with tempfile.TemporaryDirectory(prefix="ow-nginx-") as folder:
        (Path(folder) / "index.html").write_bytes(b"x" * size)
        Path(folder).chmod(0o755)
        settings = f"""daemon off; worker_processes 1; pid {folder}/pid; error_log /dev/null; user root;
            events {{ worker_connections 512; }}
            http {{ access_log off; keepalive_requests 100000000; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}"""
        (Path(folder) / "conf").write_text(settings)
        process = subprocess.Popen(
            [binary, "-c", f"{folder}/conf", "-p", folder], preexec_fn=lambda: os.sched_setaffinity(0, {0})
        )
        try:
            await until_open(port)
            yield True
        finally:
            process.terminate()
            process.wait(10)


async def until_open(port: int) -> None:
    """Wait until somebody listens on ``port``."""

    async def is_open() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    await eventually(is_open, within=20, every=0.05)
