"""Children that never outlive us.

Each child gets a session of its own (so that Ctrl-C reaches the supervisor alone, which then stops its children in
order) and asks the kernel for a signal when its parent dies, so that `kill -9` of the parent leaves nothing behind.
The kernel means the parent *thread*: start children from the main thread only.
"""

import asyncio
import contextlib
import ctypes
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol


class Child(Protocol):
    """What we ask of a process that we started."""

    pid: int

    def poll(self) -> int | None: ...

    def send_signal(self, number: int, /) -> None: ...


CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
# Any unprivileged id serves: inside the namespace PostgreSQL only has to see that it is not root.
INNER_ID = 65534
LINUX = sys.platform == "linux"
# Loaded before any fork: the child must not search for libraries between fork and exec.
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int, death_signal: int) -> None:
    """Called in a fresh child: the kernel sends it `death_signal` when the parent's thread ends."""
    if not LINUX:
        return
    _libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    # The parent may have died before the request: then no signal will ever come.
    if os.getppid() != parent:
        os._exit(1)


def _become_unprivileged() -> None:
    """Enter a user namespace where root is `INNER_ID`; files on disk stay owned by root."""
    if _libc.unshare(CLONE_NEWUSER) != 0:
        os._exit(77)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INNER_ID} 0 1")
    Path("/proc/self/gid_map").write_text(f"{INNER_ID} 0 1")


def spawn(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int,
    death_signal: int = signal.SIGKILL,
    unprivileged: bool = False,
    environment: Mapping[str, str] | None = None,
    keep_open: Sequence[int] = (),
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` with output to `log`. `keep_open` are descriptors that the child holds on to, such as a lock.

    `unprivileged` moves a child of root into a user namespace; a child that may not do so ends with status 77.
    """
    parent = os.getpid()

    def before_exec() -> None:
        if unprivileged and LINUX:
            _become_unprivileged()
        # After unshare, which clears it.
        die_with_parent(parent, death_signal)

    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=before_exec,
        env=None if environment is None else dict(environment),
        pass_fds=tuple(keep_open),
        cwd=folder,
    )


async def wait_until(ready: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Ask `ready` until it says yes (True) or `seconds` have passed (False)."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(pause)
    return True


async def finish(child: Child, seconds: float) -> int | None:
    """Wait for `child` to end; its status, or None when it is still running after `seconds`."""
    await wait_until(lambda: child.poll() is not None, seconds)
    return child.poll()


async def ended(child: Child) -> int:
    """Wait for `child` to end, however long; its status."""
    await wait_until(lambda: child.poll() is not None, math.inf, pause=0.1)
    status = child.poll()
    assert status is not None
    return status


async def stop(child: Child, first: int, seconds: float) -> None:
    """Ask politely with the signal `first`, wait `seconds`, then kill the child's whole process group."""
    if child.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        child.send_signal(first)
    if await finish(child, seconds) is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await finish(child, 5)
