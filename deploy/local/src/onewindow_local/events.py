"""What happens during a start, as small mappings: shown on the terminal, or sent as JSON lines by a detached start.

`{"step": name, "state": "begun"|"done"|"failed"|"given up", "text": …}`, `{"download": file, "done": bytes, "size": bytes}`,
`{"progress": name, "done": n, "total": n}`, `{"ready": true}`, `{"stopped": name}`, `{"restarted": name, "text": …}`,
`{"keys": "extended"|"unchanged", "text": …}`, `{"failure": text, "remedy": text}`.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

Report = Callable[[dict[str, Any]], None]


class Step:
    """A step under way; `text` is shown when it is done."""

    def __init__(self) -> None:
        self.text = ""


@contextlib.contextmanager
def step(report: Report, name: str) -> Iterator[Step]:
    """Report `name` as begun, then as done with the seconds it took, or as failed."""
    started = time.monotonic()
    current = Step()
    report({"step": name, "state": "begun"})
    try:
        yield current
    except asyncio.CancelledError:
        # Given up because another step failed, or because the end was asked for: not its own fault.
        report({"step": name, "state": "given up"})
        raise
    except BaseException:  # an interrupted step is told as failed too; raised again
        report({"step": name, "state": "failed", "seconds": round(time.monotonic() - started, 1)})
        raise
    report({"step": name, "state": "done", "seconds": round(time.monotonic() - started, 1), "text": current.text})
