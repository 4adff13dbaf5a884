"""Files that must still be there after the power failed: whole or not at all, and on the disk before we say so."""

from __future__ import annotations

import os
from pathlib import Path


def keep(file: Path, content: bytes, mode: int = 0o644) -> None:
    """Write `file` so that it is either the old one or the new one, and on the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def file_name(origin: str) -> str:
    """A log's name as that of a file; two names never share one."""
    return "".join(
        each if (each.isalnum() and each.isascii()) or each in "-." else f"_{ord(each):x}_" for each in origin
    )
