"""A first pass over a file: what it is called by its content, and in which encoding it is."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from onewindow_kit.imports.rows import FileRefused

CHUNK = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Survey:
    """``digest``: SHA-256 of the bytes; ``start``: offset after a byte order mark; ``encoding``: utf-8 or gb18030."""

    digest: bytes
    size: int
    start: int
    encoding: str


def survey(path: Path) -> Survey:
    """Read all of ``path`` once, in flat memory; FileRefused when it is no text file that can be read here.

    UTF-8 if all of it is; else GB18030 if all of it is; else whichever is valid for longer, and the rows that are not
    become refused rows.
    """
    digest = hashlib.sha256()
    candidates = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", "gb18030")}
    reached = dict.fromkeys(candidates, -1)
    size = start = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if size == 0:
                    if chunk.startswith(_UTF16):
                        raise FileRefused("The file is UTF-16: save it as 'CSV UTF-8' and import that.")
                    if chunk.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
                        raise FileRefused("The file is a spreadsheet workbook: save it as 'CSV UTF-8' and import that.")
                    start = 3 if chunk.startswith(codecs.BOM_UTF8) else 0
                digest.update(chunk)
                _advance(candidates, reached, chunk, size)
                size += len(chunk)
            _advance(candidates, reached, b"", size, final=True)
    except OSError as error:
        raise FileRefused(f"The file cannot be read: {error.strerror}.") from error
    if start or "utf-8" in candidates:
        encoding = "utf-8"
    elif "gb18030" in candidates:
        encoding = "gb18030"
    else:
        encoding = max(reached, key=lambda name: reached[name])
    return Survey(digest.digest(), size, start, encoding)


def _advance(
    candidates: dict[str, codecs.IncrementalDecoder],
    reached: dict[str, int],
    chunk: bytes,
    position: int,
    *,
    final: bool = False,
) -> None:
    for name, decoder in list(candidates.items()):
        if not final and chunk.isascii() and not decoder.getstate()[0]:
            continue  # says nothing about either
        try:
            decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            reached[name] = position + error.start
            del candidates[name]
