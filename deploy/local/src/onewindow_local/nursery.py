"""Starts our own processes by forking one that has imported already what all of them need.

Importing the libraries takes a second of processor time for each process; eight of them at a start would cost more than
everything else together. Only third-party libraries are imported beforehand: a restarted service reads our code anew.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from onewindow_local.engines import children

MESSAGE_LIMIT = 256 * 1024


class Offspring:
    """A forked process, with the part of subprocess.Popen's manners that the supervisor needs."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self._nursery = nursery
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The status when it has ended (negative: the signal that ended it), else None."""
        if self.returncode is None:
            self.returncode = self._nursery.status_of(self.pid)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Nursery:
    """The parent's side: start() it once, then fork() modules; close() ends it and whatever still runs."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ended: dict[int, int] = {}
        self._log = Path(os.devnull)

    def start(self, log: Path) -> None:
        """Begin the imports in the background; forks that are asked for meanwhile wait for them."""
        self._log = log
        log.parent.mkdir(exist_ok=True, mode=0o700)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-u", "-m", "onewindow_local.warm", str(theirs.fileno())]
            with log.open("ab") as out:
                # Killed with us; its children ask for the same when it dies.
                self._process = children.spawn(command, log=out, keep_open=[theirs.fileno()])
        self._socket = ours

    def fork(
        self, module: str, arguments: Sequence[str], *, log: IO[bytes], environment: Mapping[str, str], folder: Path
    ) -> Offspring:
        """`python -m module arguments…` with `environment` in `folder`, output to `log`. OSError when that fails."""
        if self._process is not None and self._process.poll() is not None:
            # It was killed, and its children with it: they are being started again, so it is too.
            self.close()
            self.start(self._log)
        if self._socket is None:
            raise OSError("the nursery is not open")
        request = {
            "module": module,
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(folder),
        }
        self._socket.setblocking(True)
        socket.send_fds(self._socket, [json.dumps(request).encode()], [log.fileno()])
        while True:
            answer = json.loads(self._socket.recv(MESSAGE_LIMIT) or b'{"gone": true}')
            if "gone" in answer:
                raise OSError("the process that starts services has ended")
            if "started" in answer:
                return Offspring(self, answer["started"])
            self._ended[answer["ended"]] = answer["status"]

    def status_of(self, pid: int) -> int | None:
        """The status of an offspring that has ended, else None."""
        self._hear()
        if pid not in self._ended and not _exists(pid):
            # Its parent died first, and the kernel killed it for that.
            return -signal.SIGKILL
        return self._ended.get(pid)

    def _hear(self) -> None:
        if self._socket is None:
            return
        self._socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while message := self._socket.recv(MESSAGE_LIMIT):
                news = json.loads(message)
                self._ended[news["ended"]] = news["status"]

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            self._process.wait(10)
