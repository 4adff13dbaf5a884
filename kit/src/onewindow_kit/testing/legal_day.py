"""Another day in law for a test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from onewindow_kit.clock import LEGAL_DAY


@contextmanager
def legal_day(day: date) -> Iterator[Path]:
    """Today is ``day`` in law inside the block; writing another day into the file that it yields lets time pass."""
    before = os.environ.get(LEGAL_DAY)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "legal-day"
        file.write_text(day.isoformat())
        os.environ[LEGAL_DAY] = str(file)
        try:
            yield file
        finally:
            os.environ.pop(LEGAL_DAY)
            if before is not None:
                os.environ[LEGAL_DAY] = before
