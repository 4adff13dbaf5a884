"""From lines to rows: CSV as spreadsheets write it, JSON Lines, and a mended file of refused rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from onewindow_kit.imports.labels import Labels, fields_of, names_of, plain
from onewindow_kit.imports.lines import LONGEST, Line, Lines
from onewindow_kit.imports.rows import FileRefused, Refusal, Row
from onewindow_kit.imports.survey import Survey

csv.field_size_limit(10 * LONGEST)  # too long a cell is for the department's own rules to refuse

ROW_LINES = 50
"""A quoted cell may hold line breaks; a quote that is never closed must not swallow the file."""

REJECTS_OF = "rejects_of"
"""The mark in the first line of a file of refused rows."""

Place = tuple[int, int, int]
"""First line, last line and end of a row."""


class Format:
    """How one file is read. ``about`` is what a file of its refused rows must know to be read again."""

    about: dict[str, Any]

    def rows(self, position: int, line: int) -> Iterator[Row]:
        """The rows after the byte ``position``, which is a row's end (0: from the beginning), ``line`` its line."""
        raise NotImplementedError


def recognise(path: Path, file: BinaryIO, found: Survey, labels: Labels) -> Format:
    """The file's format, by its first line; FileRefused when headers are missing, unknown or named twice."""
    first = next(Lines(file, found.start, 0), None)
    if first is None:
        raise FileRefused("The file is empty.")
    text = first.raw.decode(found.encoding, "replace").strip()
    if text.startswith("{"):
        try:
            head = json.loads(text)
        except ValueError:
            head = {}
        if isinstance(head, dict) and REJECTS_OF in head:
            return Rejects(file, found, labels, first, head)
        return JsonLines(file, found, labels)
    if first.cut or "\0" in text:
        raise FileRefused(f"{path.suffix or 'The file'}: the first line is no header of a CSV file and no JSON object.")
    return Csv(file, found, labels, first.end, text)


class Csv(Format):
    """Comma, semicolon or tab between cells, quotes doubled, line breaks within quotes, ``="0012"`` for text."""

    def __init__(self, file: BinaryIO, found: Survey, labels: Labels, start: int, header: str) -> None:
        self._file = file
        self._start = start
        self._encoding = found.encoding
        self._delimiter = max(",;\t", key=header.count)
        self.about = {"format": "csv", "header": header}
        self._fields = fields_of(next(csv.reader([header], delimiter=self._delimiter)), labels)

    def rows(self, position: int, line: int) -> Iterator[Row]:
        lines = Lines(self._file, max(position, self._start), max(line, 1))
        for first in lines:
            if not first.raw.strip():
                continue
            group = [first]
            quotes = first.raw.count(b'"')
            while quotes % 2 and len(group) < ROW_LINES and (more := next(lines, None)):
                group.append(more)
                quotes += more.raw.count(b'"')
            row = self._row(group)
            if row.refusals and len(group) > 1:
                # The quote was no opening one: the lines are rows of their own.
                lines.push_back(group[1:])
                row = self._row(group[:1])
            yield row

    def _row(self, lines: Sequence[Line]) -> Row:
        place = (lines[0].number, lines[-1].number, lines[-1].end)
        raw = lines[0].raw if len(lines) == 1 else b"".join(line.raw for line in lines)
        text, code = _text(raw, self._encoding, cut=any(line.cut for line in lines))
        return _refused(place, text, code) if code else self.of_text(place, text)

    def of_text(self, place: Place, text: str) -> Row:
        try:
            cells = next(csv.reader((text,), delimiter=self._delimiter), [])
        except csv.Error:
            return _refused(place, text, "quoting")
        if "\0" in text:
            return _refused(place, text, "nul")
        if len(cells) != len(self._fields):
            return _refused(place, text, "columns", f"{len(cells)} cells, the header has {len(self._fields)}")
        return Row(*place, text, dict(zip(self._fields, map(_cell, cells), strict=True)))


class JsonLines(Format):
    """One object a line; its names are the fields' own or their labels."""

    def __init__(self, file: BinaryIO, found: Survey, labels: Labels) -> None:
        self._file = file
        self._start = found.start
        self._encoding = found.encoding
        self._names = names_of(labels)
        self.about = {"format": "jsonl"}

    def rows(self, position: int, line: int) -> Iterator[Row]:
        for found in Lines(self._file, max(position, self._start), line):
            if not found.raw.strip():
                continue
            place = (found.number, found.number, found.end)
            text, code = _text(found.raw, self._encoding, cut=found.cut)
            yield _refused(place, text, code) if code else self.of_text(place, text)

    def of_text(self, place: Place, text: str) -> Row:
        try:
            content = orjson.loads(text)  # refuses NaN, lone surrogates and deep nesting
        except orjson.JSONDecodeError:
            return _refused(place, text, "json")
        if "\\u0000" in text:
            return _refused(place, text, "nul")
        if not isinstance(content, dict):
            return _refused(place, text, "json", "the line holds no object")
        values: dict[str, Any] = {}
        for name, value in content.items():
            field = self._names.get(plain(name))
            if field is None or field in values:
                return _refused(place, text, "name-unknown" if field is None else "name-twice")
            values[field] = value
        return Row(*place, text, values)


class Rejects(Format):
    """Refused rows, mended by hand in ``text`` and brought back; the first line says how to read them."""

    def __init__(self, file: BinaryIO, found: Survey, labels: Labels, first: Line, head: dict[str, Any]) -> None:
        self._file = file
        self._start = first.end
        self.about = {name: head[name] for name in ("format", "header") if name in head}
        match head.get("format"), head.get("header"):
            case "csv", str(header):
                self._inner: Csv | JsonLines = Csv(file, found, labels, first.end, header)
            case "jsonl", None:
                self._inner = JsonLines(file, found, labels)
            case _:
                raise FileRefused("The first line of the file of refused rows was changed; leave it as it was written.")

    def rows(self, position: int, line: int) -> Iterator[Row]:
        for found in Lines(self._file, max(position, self._start), max(line, 1)):
            if not found.raw.strip():
                continue
            place = (found.number, found.number, found.end)
            raw, code = _text(found.raw, "utf-8", cut=found.cut)
            try:
                text = None if code else json.loads(raw)["text"]
            except (ValueError, KeyError, TypeError, RecursionError):
                text = None
            if isinstance(text, str):
                yield self._inner.of_text(place, text)
            else:
                yield _refused(place, raw, code or "json", "The line is no refused row with its 'text'.")


_REASONS = {
    "too-long": "The line is longer than a million bytes.",
    "encoding": "The row has bytes that are not in the file's encoding.",
    "quoting": "Quotes in the row do not match.",
    "nul": "The row has a NUL character.",
    "json": "The line is no JSON object.",
    "name-unknown": "The object has a name that no field of this import has.",
    "name-twice": "The object names a field twice.",
}


def _text(raw: bytes, encoding: str, *, cut: bool) -> tuple[str, str]:
    """The text of a row and the code of its refusal, empty if it can be read."""
    if cut:
        return raw[:1000].decode(encoding, "replace"), "too-long"
    try:
        return raw.decode(encoding).rstrip("\r\n"), ""
    except UnicodeDecodeError:
        return raw.decode(encoding, "replace").rstrip("\r\n"), "encoding"


def _refused(place: Place, text: str, code: str, reason: str = "") -> Row:
    return Row(*place, text, None, (Refusal(code, reason or _REASONS[code]),))


def _cell(cell: str) -> str | None:
    """A cell without what spreadsheets put around it; None when empty."""
    cell = cell.strip(" \t\r\n\u3000\u00a0\ufeff")
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1].strip()
    return cell or None
