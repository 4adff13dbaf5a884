"""A bar while a long log is read; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from typing import TextIO

CELLS = 30


class Bar:
    """Call it with what is done and what there is; use it as a context manager, so that it leaves no trace."""

    def __init__(self, what: str, out: TextIO = sys.stderr) -> None:
        self.what, self.out = what, out
        self._shown = 0.0
        self._began = time.monotonic()

    def __call__(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if not self.out.isatty() or (now - self._shown < 0.1 and done < whole):
            return
        self._shown = now
        full = CELLS * done // max(whole, 1)
        rate = done / max(now - self._began, 1e-6)
        self.out.write(f"\r{'█' * full}{'░' * (CELLS - full)} {done:,} of {whole:,} {self.what}, {rate:,.0f}/s\033[K")
        self.out.flush()

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.out.isatty():
            self.out.write("\r\033[K")
            self.out.flush()
