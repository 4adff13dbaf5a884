"""``import FILE`` on a department's command line."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from onewindow_kit.imports.progress import Overtaken
from onewindow_kit.imports.rows import FileRefused
from onewindow_kit.imports.run import Import
from onewindow_kit.imports.show import shown


async def command(importing: Import, path: Path) -> int:
    """``import FILE``: shows progress, ends in good order at Ctrl-C; the exit code.

    0 all stored, 1 some rows refused, 2 the file cannot be read, 130 interrupted (run it again to go on).
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        with shown(importing.target) as display:
            try:
                outcome = await importing.run(path, stop=stop, report=display.report)
            except (FileRefused, Overtaken) as error:
                display.failed(str(error))
                return 2
            display.end(outcome)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
    if not outcome.finished:
        return 130
    return 1 if outcome.refused else 0
