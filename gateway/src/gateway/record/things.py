"""What record types and their fields are called, from topics' titles and properties' labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from onewindow_contracts.loader import Contracts

WHOLE: Final = "*"
_OWN_PART: Final = {"zh": "您在其中的部分", "en": "your part in it"}
_OTHERS: Final = {"access.entry": {"zh": "查阅记录", "en": "access record"}}
Label = Mapping[str, str]


class Things:
    """Of one edition of the contracts."""

    def __init__(self, contracts: Contracts) -> None:
        self._contracts = contracts
        self._labels: dict[str, dict[str, Label]] = {}

    @cached_property
    def _topics(self) -> Mapping[str, str]:
        """Record type to topic, of the highest major version."""
        records = (each.topic for each in self._contracts.topics.values() if each.kind == "record")
        by_age = sorted(records, key=lambda topic: int(topic.rpartition(".v")[2]))
        return {topic.rpartition(".")[0]: topic for topic in by_age}

    def title(self, record_type: str) -> Label:
        """What a record of the type is called; its id where no contract says."""
        if record_type in _OTHERS:
            return _OTHERS[record_type]
        topic = self._topics.get(record_type)
        title = self._contracts.topics[topic].title if topic is not None else None
        return title or {"zh": record_type, "en": record_type}

    def label(self, record_type: str, name: str) -> Label:
        """What a property is called; its name where no contract says."""
        return self._of(record_type).get(name) or {"zh": name, "en": name.replace("_", " ")}

    def seen(self, records: Mapping[str, Sequence[str]], language: str) -> list[str]:
        """``your title (address, use)``, one for each record type; of a whole record only its title."""
        zh = language == "zh"
        told = []
        for record_type, names in records.items():
            title = self.title(record_type)[language]
            title = f"您的{title}" if zh else f"your {title[:1].lower()}{title[1:]}"
            labels = [self.label(record_type, name)[language] for name in names if name != WHOLE]
            inside = ("、" if zh else ", ").join(labels)
            if not names:
                told.append(f"{title}是否有变化" if zh else f"whether {title} changed")
            else:
                told.append(title if not labels else f"{title}（{inside}）" if zh else f"{title} ({inside})")
        return told

    def fields(self, names: Iterable[str], language: str) -> list[str]:
        """``title: address`` for each ``housing.title.address``."""
        told = []
        for each in names:
            record_type, _, name = each.rpartition(".")
            title, label = self.title(record_type)[language], self.label(record_type, name)[language]
            told.append(f"{title}的{label}" if language == "zh" else f"{title[:1].lower()}{title[1:]}: {label}")
        return told

    def _of(self, record_type: str) -> dict[str, Label]:
        found = self._labels.get(record_type)
        if found is None:
            topic = self._topics.get(record_type)
            schema = self._contracts.body_schema(topic) if topic is not None else {}
            found = {"you": _OWN_PART} | {
                name: part["x-label"] for name, part in _properties(schema, schema).items() if "x-label" in part
            }
            self._labels[record_type] = found
        return found


def _properties(root: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    return schema.get("properties", {})
