"""All contracts of one or several folders as one immutable value, read again when a file has changed.

``ONEWINDOW_CONTRACTS`` names the folders (separated as in PATH); the default is this repository's. A new department's
folder beside the others is all that it takes: its topics are there at the next ``load()``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from onewindow_contracts import bases, purposes, reading
from onewindow_contracts.bases import Basis
from onewindow_contracts.bundle import bundle_openapi, bundle_schema
from onewindow_contracts.documents import Documents, Fingerprint, fingerprint
from onewindow_contracts.entries import Authority, Codelist, Parameter, Topic
from onewindow_contracts.errors import ContractError
from onewindow_contracts.purposes import Purpose
from onewindow_contracts.validation import validator

HOME = Path(__file__).resolve().parents[2]
SUFFIX = ".v1.yaml"
Entry = TypeVar("Entry")


@dataclass(frozen=True, eq=False)
class Contracts:
    """What the folders say at one moment. Documents that it hands out are shared: copy before changing one."""

    folders: tuple[Path, ...]
    fingerprint: Fingerprint
    documents: Documents
    topics: Mapping[str, Topic]
    authorities: Mapping[str, Authority]
    purposes: Mapping[str, Purpose]
    parameters: Mapping[str, Parameter]
    bases: Mapping[str, Basis] = field(default_factory=dict)
    _bundles: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def codelists(self) -> Mapping[str, Codelist]:
        """By name; read at first use, because the list of divisions is long."""
        files = self.documents.files("codelists")
        return reading.extended(_unique(map(reading.codelist, files), lambda c: c.name, "code list"))

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """Every OpenAPI contract by its name, the gateway's included, the shared parts not."""
        roots = (f for f in self.documents.files("openapi", (".yaml",)) if f.parent.name == "openapi")
        names = [f.name.removesuffix(SUFFIX) for f in roots]
        return tuple(dict.fromkeys(n for n in names if n != "common"))

    def openapi(self, department: str) -> dict[str, Any]:
        """The department's contract in one document, references local; ContractError when there is none."""
        if department not in self._bundles:
            inside = f"openapi/{department}{SUFFIX}"
            file = self.documents.find(inside)
            if file is None:
                raise ContractError(inside, "", "there is no such contract in any contracts folder")
            self._bundles[department] = bundle_openapi(self.documents, file)
        return self._bundles[department]

    def body_schema(self, topic: str) -> dict[str, Any]:
        """The schema of a record topic's body in one document; siblings of `$ref` (classes, x-visible-to) are kept."""
        entry = self.topics[topic]
        if entry.schema is None:
            raise ContractError(entry.file, "/schema", "a topic without records has no body")
        key = f"topic:{topic}"
        if key not in self._bundles:
            self._bundles[key] = bundle_schema(self.documents, entry.schema, entry.file)
        return self._bundles[key]

    def envelope_schema(self) -> dict[str, Any]:
        """The schema of the envelope (`body` any object) in one document."""
        common = self.documents.find("openapi/common.v1.yaml")
        if common is None:
            raise ContractError("openapi/common.v1.yaml", "", "is in no contracts folder")
        return bundle_schema(self.documents, "#/components/schemas/Envelope", common)

    def record_schema(self, topic: str) -> dict[str, Any]:
        """Envelope and body of one topic in one document, for a validator of whole events."""
        envelope, body = self.envelope_schema(), self.body_schema(topic)
        clash = {n for n in envelope["$defs"].keys() & body["$defs"].keys() if envelope["$defs"][n] != body["$defs"][n]}
        if clash:
            raise ContractError(
                self.topics[topic].file, "/schema", f"$defs hide shared types: {', '.join(sorted(clash))}"
            )
        narrowed = {"properties": {"body": {"$ref": body["$ref"]}, "contract": {"const": topic}}}
        return {
            "$schema": envelope["$schema"],
            "allOf": [{"$ref": envelope["$ref"]}, narrowed],
            "$defs": body["$defs"] | envelope["$defs"],
        }

    def faults(self, topics: Iterable[str]) -> Callable[[str, dict[str, Any]], list[str]]:
        """``faults(topic, envelope)``: JSON Pointers, without values, to what is not as the contract of a topic says."""
        compiled = {topic: validator(self.record_schema(topic)) for topic in topics}

        def found(topic: str, envelope: dict[str, Any]) -> list[str]:
            return ["/" + "/".join(map(str, error.instance_path)) for error in compiled[topic].iter_errors(envelope)]

        return found

    def parameter(self, name: str, on: date) -> Any:
        """The value in force on the legal day ``on``; NotYetInForce before the first one, LookupError for an unknown name."""
        if name not in self.parameters:
            raise LookupError(f"there is no parameter {name}")
        return self.parameters[name].value(on)


_loaded: dict[tuple[Path, ...], Contracts] = {}


def folders_from_environment() -> tuple[Path, ...]:
    """The folders of ``ONEWINDOW_CONTRACTS``, this repository's when it is unset or empty."""
    parts = [part for part in os.environ.get("ONEWINDOW_CONTRACTS", "").split(os.pathsep) if part]
    return tuple(Path(part) for part in parts) or (HOME,)


def load(folders: Sequence[Path | str] | None = None) -> Contracts:
    """The contracts of ``folders`` (default: from the environment); the same object until a file changes.

    ContractError names the file that cannot be read; whoever holds an older ``Contracts`` can go on with it.
    """
    chosen = tuple(Path(f).resolve() for f in folders) if folders else folders_from_environment()
    for folder in chosen:
        if not folder.is_dir():
            raise ContractError(folder, "", "is no folder; check ONEWINDOW_CONTRACTS")
    now = fingerprint(chosen)
    known = _loaded.get(chosen)
    if known is None or known.fingerprint != now:
        _loaded[chosen] = known = _read(chosen, now)
    return known


def changed(contracts: Contracts) -> bool:
    """Whether a file was added, removed or written since ``contracts`` was read: one walk over names and times."""
    return fingerprint(contracts.folders) != contracts.fingerprint


def _read(folders: tuple[Path, ...], now: Fingerprint) -> Contracts:
    documents = Documents(folders)
    yaml = (".yaml",)
    topics = _unique(map(reading.topic, documents.files("topics", yaml)), lambda t: t.topic, "topic")
    authorities = [a for file in documents.files("authorities", yaml) for a in reading.authorities(file)]
    reasons = _unique(map(purposes.purpose, documents.files("purposes", yaml)), lambda p: p.id, "purpose")
    parameters = [p for file in documents.files("parameters", yaml) for p in reading.parameters(file)]
    grounds = [b for file in documents.files("bases", yaml) for b in bases.read(file)]
    return Contracts(
        folders=folders,
        fingerprint=now,
        documents=documents,
        topics=reading.spelled_out(topics, authorities),
        authorities=_unique(authorities, lambda a: a.id, "authority"),
        purposes=reasons,
        parameters=_unique(parameters, lambda p: p.name, "parameter"),
        bases=_unique(grounds, lambda b: b.id, "legal basis"),
    )


def _unique(entries: Iterable[Any], key: Any, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        name = key(entry)
        if name in found:
            raise ContractError(
                entry.file, name, f"is a second {kind} of this name; the first is in {found[name].file}"
            )
        found[name] = entry
    return found
