"""The contracts as the gateway uses them, read again when somebody changed them: no restart for a new department."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import orjson
import structlog
from onewindow_contracts import loader
from onewindow_contracts.entries import Topic
from onewindow_contracts.errors import ContractError
from onewindow_contracts.loader import Contracts
from onewindow_kit.purposes import Purpose, compiled

from gateway.access.released import Released
from gateway.commands.catalogue import CitizenCommand, citizen_commands
from gateway.reference.problems import explained

LOOK_AGAIN = 1.0  # seconds between two looks at the files' times
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Document:
    """Ready bytes of something public, with their strong ETag."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, content: Any) -> Document:
        body = orjson.dumps(content)
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


class Edition:
    """One state of the contracts, compiled part by part at first use."""

    def __init__(self, contracts: Contracts, instance: str) -> None:
        self.contracts, self._instance = contracts, instance
        self._documents: dict[tuple[str, str], Document] = {}

    @cached_property
    def interfaces(self) -> Mapping[str, dict[str, Any]]:
        """Bundled OpenAPI documents by name (``housing.v1``)."""
        return {f"{name}.v1": self.contracts.openapi(name) for name in sorted(self.contracts.departments)}

    @cached_property
    def records(self) -> Mapping[str, Topic]:
        """The record topics that a view shows, by name (``housing.title.v1``)."""
        shown = (each for each in self.contracts.topics.values() if each.kind == "record" and each.section is not None)
        return {each.topic: each for each in sorted(shown, key=lambda each: each.topic)}

    @cached_property
    def topic_of(self) -> Mapping[str, str]:
        """Record type (``housing.title``) -> its topic, of the highest major version."""
        return {topic.rpartition(".")[0]: topic for topic in sorted(self.records, key=_major)}

    @cached_property
    def commands(self) -> Mapping[tuple[str, str], CitizenCommand]:
        """By department and operationId."""
        found = [
            command
            for name, contract in self.interfaces.items()
            for command in citizen_commands(name.removesuffix(".v1"), contract)
        ]
        return {(each.department, each.operation): each for each in found}

    @cached_property
    def purposes(self) -> Mapping[str, Purpose]:
        return compiled(self.contracts.purposes.values(), self.contracts.authorities, self._instance)

    @cached_property
    def released(self) -> Released:
        return Released(self.contracts, self.topic_of)

    @cached_property
    def problems(self) -> Mapping[str, dict[str, Any]]:
        return explained(self.interfaces)

    @cached_property
    def index(self) -> list[dict[str, Any]]:
        """Interfaces and record types with their titles and where they are."""
        interfaces = [
            _entry(name, "interface", {"zh": contract["info"]["title"], "en": contract["info"]["title"]})
            for name, contract in self.interfaces.items()
        ]
        records = [
            _entry(name, "record", topic.title or {"zh": name, "en": name}) for name, topic in self.records.items()
        ]
        return interfaces + records

    def contract(self, name: str) -> Document | None:
        """An OpenAPI document, or the schema of a record type's body, whole in itself."""
        if name in self.interfaces:
            return self._ready("contract", name, self.interfaces[name])
        if name in self.records:
            return self._ready("contract", name, self.contracts.body_schema(name))
        return None

    def codelist(self, name: str) -> Document | None:
        found = self.contracts.codelists.get(name)
        return None if found is None else self._ready("codelist", name, found.document())

    def _ready(self, kind: str, name: str, content: Any) -> Document:
        if (kind, name) not in self._documents:
            self._documents[kind, name] = Document.of(content)
        return self._documents[kind, name]


class Catalogue:
    """``now`` is the newest edition that could be read; ``async with`` keeps it so.

    A broken file is named in the log and changes nothing. Files are looked at and compiled on a thread: callers never wait.
    """

    def __init__(self, contracts: Contracts, instance: str) -> None:
        self._instance = instance
        self.now = Edition(contracts, instance)
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._following = asyncio.create_task(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait({self._following})

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            await asyncio.to_thread(self.look)

    def look(self) -> None:
        """Read again what has changed."""
        try:
            contracts = loader.load(self.now.contracts.folders)
            if contracts is not self.now.contracts:
                edition = Edition(contracts, self._instance)
                _ = edition.interfaces, edition.commands, edition.purposes, edition.problems  # must hold as a whole
                self.now = edition
                log.info("contracts read again", topics=len(contracts.topics))
        except (ContractError, KeyError, TypeError, AttributeError) as error:
            log.warning("contracts can't be read; the last edition stays", error=str(error)[:300])


def _entry(name: str, kind: str, title: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "kind": kind, "title": dict(title), "href": f"/v1/contracts/{name}"}


def _major(topic: str) -> tuple[str, int]:
    name, _, major = topic.rpartition(".v")
    return name, int(major)
