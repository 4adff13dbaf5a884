"""Which column is which field: Chinese and English headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow_kit.imports.rows import FileRefused

Labels = Mapping[str, Sequence[str]]
"""Field to the headers that name it, e.g. ``{"number": ["公民身份号码", "identification number"]}``."""


def plain(name: str) -> str:
    """A header without what people vary: blanks, underscores, hyphens, upper and lower case."""
    return "".join(name.split()).replace("_", "").replace("-", "").strip("\ufeff").casefold()


def names_of(labels: Labels) -> dict[str, str]:
    """Plain header to field; a field's own name is one of its headers."""
    names = {plain(label): field for field, all_labels in labels.items() for label in all_labels}
    return names | {plain(field): field for field in labels}


def fields_of(header: Sequence[str], labels: Labels) -> list[str]:
    """The field of each column; FileRefused for unknown columns and for two of one field."""
    names = names_of(labels)
    known = ", ".join("/".join((field, *others)) for field, others in labels.items())
    unknown = [name for name in header if plain(name) not in names]
    if unknown:
        shown = ", ".join(name[:40] for name in unknown[:5])
        raise FileRefused(f"The header names columns that this import has not: {shown}. It has: {known}.")
    fields = [names[plain(name)] for name in header]
    if twice := {field for field in fields if fields.count(field) > 1}:
        raise FileRefused(f"The header names these twice: {', '.join(sorted(twice))}.")
    return fields
