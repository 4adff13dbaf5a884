"""From parsed files to entries: wrong or missing keys are named with their place, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from onewindow_contracts.documents import parse
from onewindow_contracts.entries import (
    Authority,
    Code,
    Codelist,
    DatedValue,
    Parameter,
    Topic,
)
from onewindow_contracts.errors import ContractError
from onewindow_contracts.fields import REQUIRED, Fields


def topic(file: Path) -> Topic:
    f = Fields(parse(file), file)
    kind = f.take("kind", str)
    if kind not in ("record", "heartbeat", "dead-letter", "log"):
        raise ContractError(file, "/kind", "must be record, heartbeat, dead-letter or log")
    default: Any = REQUIRED if kind == "record" else None
    read = Topic(
        topic=f.take("topic", str),
        kind=kind,
        department=f.take("department", str),
        record_type=f.take("record_type", str, REQUIRED if kind in ("record", "log") else None),
        schema=f.take("schema", str, default),
        section=f.take("section", str, None),
        section_title=f.label("section_title", None),
        title=f.label("title", default),
        authorities=f.names("authorities", REQUIRED if kind == "record" else ()),
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


EVERY_DEPARTMENT = "departments"


def spelled_out(topics: Mapping[str, Topic], known: Iterable[Authority]) -> dict[str, Topic]:
    """The topics with ``departments`` among producers and consumers replaced by every service that hosts an office: one
    that comes later records its looks, and hears of revocations, without a change to those topics."""
    hosts = sorted({each.host for each in known if each.host is not None})

    def names(said: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for each in said for n in (hosts if each == EVERY_DEPARTMENT else (each,))))

    return {
        name: replace(each, producers=names(each.producers), consumers=names(each.consumers))
        for name, each in topics.items()
    }


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
