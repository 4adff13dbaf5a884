"""The supervisor as a process of its own, for `up --detach`: tells its parent what happens as JSON lines on stdout."""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from onewindow_local.engine_choice import EngineChoice
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance
from onewindow_local.supervisor import Supervisor


class Teller:
    """Writes each event to the log, and to the parent as long as it listens."""

    def __init__(self) -> None:
        self._parent: int | None = os.dup(1)
        os.set_inheritable(self._parent, False)
        # From here on stdout is the log, like stderr: the parent's pipe must close when the start is over.
        os.dup2(2, 1)

    def __call__(self, event: dict[str, Any]) -> None:
        line = json.dumps(event, ensure_ascii=False)
        if "download" not in event:
            print(line, file=sys.stderr, flush=True)
        if self._parent is not None:
            try:
                os.write(self._parent, (line + "\n").encode())
            except BrokenPipeError:
                self.leave()
            if "ready" in event or "failure" in event:
                self.leave()

    def leave(self) -> None:
        if self._parent is not None:
            with contextlib.suppress(OSError):
                os.close(self._parent)
        self._parent = None


def main(options: dict[str, Any]) -> int:
    """`options`: folder, port, people, kafka, database."""
    tell = Teller()
    choice = EngineChoice(options["kafka"], options["database"])
    supervisor = Supervisor(Instance(Path(options["folder"]), options["port"]), choice, options["people"], tell)
    try:
        asyncio.run(supervisor.run())
    except LocalError as error:
        tell({"failure": error.message, "remedy": error.remedy})
        return 1
    return 0


if __name__ == "__main__":
    # On stdin, not as arguments: the database's address may hold a password, and `ps` shows arguments.
    raise SystemExit(main(json.load(sys.stdin)))
