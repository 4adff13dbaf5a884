"""From parsed files to entries: wrong or missing keys are named with their place, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from onewindow_contracts.documents import parse
from onewindow_contracts.entries import (
    Authority,
    Code,
    Codelist,
    DatedValue,
    Parameter,
    Purpose,
    PurposeRecord,
    Topic,
)
from onewindow_contracts.errors import ContractError

_REQUIRED: Any = object()


class Fields:
    """A mapping in a file, whose keys are taken by name and kind; ``close`` refuses those that nobody took."""

    def __init__(self, value: Any, file: Path, place: str = "") -> None:
        if not isinstance(value, dict):
            raise ContractError(file, place, "must be a mapping")
        self.value, self.file, self.place, self.taken = value, file, place, set[str]()

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = _REQUIRED) -> Any:
        self.taken.add(key)
        found = self.value.get(key, default)
        if found is _REQUIRED:
            raise ContractError(self.file, f"{self.place}/{key}", "is missing")
        if found is default and key not in self.value:
            return default
        if found is None and default is None:
            return None
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is int):
            raise ContractError(self.file, f"{self.place}/{key}", f"has the wrong kind: {type(found).__name__}")
        return found

    def day(self, key: str, default: Any = _REQUIRED) -> Any:
        text = self.take(key, str, default)
        if not isinstance(text, str):
            return text
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ContractError(self.file, f"{self.place}/{key}", "is not a real day, YYYY-MM-DD") from error

    def label(self, key: str, default: Any = _REQUIRED) -> Any:
        label = self.take(key, dict, default)
        if isinstance(label, dict) and not (
            set(label) == {"zh", "en"} and all(isinstance(t, str) for t in label.values())
        ):
            raise ContractError(
                self.file, f"{self.place}/{key}", "must hold a Chinese and an English text: {zh: …, en: …}"
            )
        return label

    def names(self, key: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        names = self.take(key, (list, tuple), default)
        if not all(isinstance(name, str) for name in names):
            raise ContractError(self.file, f"{self.place}/{key}", "must be a list of names")
        return tuple(names)

    def items(self, key: str) -> Iterator[Fields]:
        for index, item in enumerate(self.take(key, list)):
            yield Fields(item, self.file, f"{self.place}/{key}/{index}")

    def close(self) -> None:
        if unknown := set(self.value) - self.taken:
            raise ContractError(self.file, self.place, f"has unknown keys: {', '.join(sorted(unknown))}")


def topic(file: Path) -> Topic:
    f = Fields(parse(file), file)
    kind = f.take("kind", str)
    if kind not in ("record", "heartbeat", "dead-letter", "log"):
        raise ContractError(file, "/kind", "must be record, heartbeat, dead-letter or log")
    default: Any = _REQUIRED if kind == "record" else None
    read = Topic(
        topic=f.take("topic", str),
        kind=kind,
        department=f.take("department", str),
        record_type=f.take("record_type", str, _REQUIRED if kind in ("record", "log") else None),
        schema=f.take("schema", str, default),
        section=f.take("section", str, None),
        section_title=f.label("section_title", None),
        title=f.label("title", default),
        authorities=f.names("authorities", _REQUIRED if kind == "record" else ()),
        producers=f.names("producers"),
        consumers=f.names("consumers"),
        compatibility=f.take("compatibility", str, "backward"),
        partitions=f.take("partitions", int),
        retention=f.take("retention", dict),
        sealing=f.take("sealing", dict, default),
        file=file,
    )
    f.close()
    return read


def authorities(file: Path) -> Iterator[Authority]:
    f = Fields(parse(file), file)
    instance = f.take("instance", str)
    for key in ("level", "division"):
        f.take(key, str)
    f.take("parent", str, None)
    for a in f.items("authorities"):
        name = a.take("id", str)
        parent, successor = a.take("parent", str, None), a.take("successor", str, None)
        yield Authority(
            id=f"{instance}.{name}",
            instance=instance,
            name=name,
            title=a.label("title"),
            uscc=a.take("uscc", str),
            division=a.take("division", str),
            level=a.take("level", str),
            parent=parent,
            host=a.take("host", str, None),
            sector=a.take("sector", str),
            valid_from=a.day("valid_from"),
            valid_until=a.day("valid_until", None),
            successor=successor,
            file=file,
        )
        a.close()
    f.close()


def purpose(file: Path) -> Purpose:
    f = Fields(parse(file), file)
    records = []
    for r in f.items("records"):
        fields = frozenset(r.names("fields"))
        records.append(PurposeRecord(r.take("topic", str), fields, frozenset(r.names("clear", ()))))
        r.close()
    read = Purpose(
        id=f.take("id", str),
        holder=f.take("holder", str),
        title=f.label("title"),
        plain=f.label("plain"),
        legal_basis=f.take("legal_basis", str),
        highest_sensitivity=f.take("highest_sensitivity", str),
        valid_from=f.day("valid_from"),
        valid_until=f.day("valid_until"),
        records=tuple(records),
        file=file,
    )
    f.close()
    return read


def parameters(file: Path) -> Iterator[Parameter]:
    f = Fields(parse(file), file)
    for p in f.items("parameters"):
        values = []
        for v in p.items("values"):
            values.append(
                DatedValue(
                    value=v.take("value", object),
                    since=v.day("from"),
                    until=v.day("until", None),
                    legal_basis=v.take("legal_basis", str),
                    level=v.take("level", str),
                    doubtful=v.take("doubtful", bool, False),
                )
            )
            v.close()
        yield Parameter(
            name=p.take("name", str),
            title=p.label("title"),
            unit=p.take("unit", str),
            bounds=p.take("bounds", dict, None),
            values=tuple(values),
            file=file,
            issuing=p.take("issuing", str, None),
        )
        p.close()
    f.close()


def codelist(file: Path) -> Codelist:
    """``entries`` are mappings (code, zh, en, valid_from, valid_until) or, with ``columns``, rows in that order."""
    f = Fields(parse(file), file)
    columns = f.names("columns", ())
    codes: dict[str, Code] = {}
    if columns and not {"code", "zh"} <= set(columns):
        raise ContractError(file, "/columns", "must name code and zh")
    rows = f.take("entries", list)
    for index, row in enumerate(rows):
        place = f"/entries/{index}"
        if columns and (not isinstance(row, list) or len(row) != len(columns)):
            raise ContractError(file, place, f"must be a row of {len(columns)}")
        e = Fields(dict(zip(columns, row, strict=True)) if columns else row, file, place)
        code = Code(
            code=e.take("code", str),
            zh=e.take("zh", str),
            en=e.take("en", str, None),
            valid_from=e.day("valid_from", None),
            valid_until=e.day("valid_until", None),
            successors=e.names("successors", ()),
        )
        e.close()
        if code.code in codes:
            raise ContractError(file, place, f"repeats the code {code.code}")
        codes[code.code] = code
    f.take("licence", str, None)
    read = Codelist(
        name=f.take("name", str),
        title=f.label("title"),
        norm=f.take("norm", str, None),
        source=f.take("source", str, None),
        codes=codes,
        file=file,
        extends=f.take("extends", str, None),
    )
    f.close()
    return read


def extended(lists: dict[str, Codelist]) -> dict[str, Codelist]:
    """The lists with the codes of those that extend them; ContractError for a list or a successor that isn't there."""
    whole = dict(lists)
    for more in lists.values():
        if more.extends is not None:
            if more.extends not in lists:
                raise ContractError(more.file, "/extends", f"there is no code list {more.extends}")
            base = whole[more.extends]
            if twice := base.codes.keys() & more.codes.keys():
                raise ContractError(more.file, "/entries", f"{base.name} has {', '.join(sorted(twice))} already")
            whole[base.name] = replace(base, codes=dict(sorted((base.codes | more.codes).items())))
    for more in whole.values():
        for code in more.codes.values():
            if unknown := [name for name in code.successors if name not in whole[more.extends or more.name].codes]:
                raise ContractError(
                    more.file, "/entries", f"{code.code}: there is no {', '.join(unknown)} to follow it"
                )
    return whole
