"""What the kit reads from a topic file and from an authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Self


class _Compiled:
    @classmethod
    def of(cls, source: Any) -> Self:
        """From a mapping (the YAML file) or any object with the same names; what is more is ignored."""
        if isinstance(source, cls):
            return source
        read = source.get if isinstance(source, Mapping) else lambda name: getattr(source, name, None)
        values = {}
        for item in fields(cls):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = read(item.name)
            if value is not None:
                values[item.name] = value
            elif item.default is MISSING and item.default_factory is MISSING:
                raise ValueError(f"{cls.__name__} needs '{item.name}'")
        return cls(**values)


@dataclass(frozen=True)
class Topic(_Compiled):
    """A topic file: who publishes what, who may read it. ``retention`` values are ISO 8601 durations."""

    topic: str
    kind: str
    department: str
    record_type: str = ""
    authorities: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()
    partitions: int = 1
    retention: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Authority(_Compiled):
    """An office: ``id`` is ``<instance>.<name>``; ``host`` the service that keeps its records, empty if none does."""

    id: str
    sector: str
    host: str = ""
