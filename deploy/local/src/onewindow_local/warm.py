"""The process behind the nursery: imports, then forks a child for each request that comes over its socket.

Single-threaded on purpose: a fork takes only the calling thread along, and locks that others hold stay locked for ever.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable

import setproctitle

from onewindow_local.engines import children
from onewindow_local.nursery import MESSAGE_LIMIT

# What departments, gateway or projector import anyway. None of ours, and nothing that starts threads when imported.
LIBRARIES = (
    "aiokafka.admin",
    "alembic.command",
    "asyncpg",
    "fastapi",
    "httptools",
    "httpx",
    "joserfc.jwt",
    "jsonschema_rs",
    "lmdb",
    "orjson",
    "prometheus_client.openmetrics.exposition",
    "pydantic_settings",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlmodel.ext.asyncio.session",
    "structlog",
    "uvicorn",
    "uvloop",
    "yaml",
)
Work = Callable[[], None]


def main(connection: socket.socket) -> Work | None:
    """Serve requests until the parent goes; in a forked child: what that child is to do."""
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    # Children share these pages until they write to them, and the collector writes to all that it looks at.
    gc.freeze()
    setproctitle.setproctitle("onewindow: starts services")
    woken, waker = socket.socketpair()
    for end in (woken, waker):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno())
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if woken in ready:
                with contextlib.suppress(BlockingIOError):
                    woken.recv(4096)
                _tell_ended(connection)
            if connection in ready:
                message, descriptors, _, _ = socket.recv_fds(connection, MESSAGE_LIMIT, 1)
                if not message:
                    return None
                parent, pid = os.getpid(), os.fork()
                if pid == 0:
                    signal.set_wakeup_fd(-1)
                    for each in (connection, woken, waker):
                        each.close()
                    return _become(json.loads(message), descriptors[0], parent)
                os.close(descriptors[0])
                connection.send(json.dumps({"started": pid}).encode())


def _tell_ended(connection: socket.socket) -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            connection.send(json.dumps({"ended": pid, "status": os.waitstatus_to_exitcode(status)}).encode())


def _become(request: dict, log: int, parent: int) -> Work:
    """Turn the forked child into the process that was asked for, all but running it."""
    os.setsid()
    children.die_with_parent(parent, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(nothing)
    os.close(log)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    gc.unfreeze()
    module, arguments = request["module"], request["arguments"]
    setproctitle.setproctitle(" ".join([sys.executable, "-m", module, *arguments]))
    sys.argv = [module, *arguments]

    def run() -> None:
        # The loader sets argv[0] to the module's file, as `python -m` does.
        runpy.run_module(module, run_name="__main__", alter_sys=True)

    return run


if __name__ == "__main__":
    work = None
    try:
        work = main(socket.socket(fileno=int(sys.argv[1])))
    except BaseException:  # SystemExit too goes into the log, nobody else sees it; raised again
        traceback.print_exc()
        raise
    # Outside the frames of main, so that the child ends like any other Python process: atexit, threads, flushes.
    if work is not None:
        work()
