"""Which record type a file's rows are, by what only one of them has."""

from __future__ import annotations

import codecs
from pathlib import Path

from onewindow_kit.imports import FileRefused

RECORD_TYPES = ("driving-licence", "vehicle", "violation")
_FIRST = 20_000


def record_type_of(path: Path) -> str:
    """The record type that the file's first lines speak of; FileRefused when they speak of none or cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(_FIRST)
    except OSError as error:
        raise FileRefused(f"The file cannot be read: {error.strerror}.") from error
    head = start.removeprefix(codecs.BOM_UTF8)
    texts = [head.decode(encoding, "ignore").casefold() for encoding in ("utf-8", "gb18030")]
    for marks, record_type in (
        (("决定书编号", "document number"), "violation"),
        (("车辆识别代号", "vehicle identification number", "vin", "plate_number"), "vehicle"),
        (("档案编号", "file number", "file_number"), "driving-licence"),
    ):
        if any(mark in text for text in texts for mark in marks):
            return record_type
    raise FileRefused("The headers are no licence's, vehicle's or violation's; say which with --type.")
