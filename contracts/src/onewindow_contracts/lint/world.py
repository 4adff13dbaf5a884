"""Everything that the rules look at, read file by file: a file that cannot be read is a finding, not the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from onewindow_contracts import bases, calendar_tables, purposes, reading
from onewindow_contracts.bases import Basis
from onewindow_contracts.bundle import look_up
from onewindow_contracts.calendar_tables import CalendarTable
from onewindow_contracts.documents import Documents, parse
from onewindow_contracts.entries import Authority, Codelist, Parameter, Topic
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint.findings import Finding, pointer
from onewindow_contracts.lint.nodes import roots
from onewindow_contracts.lint.structure import openapi_faults, schema_faults
from onewindow_contracts.loader import SUFFIX, Contracts
from onewindow_contracts.purposes import Purpose

T = TypeVar("T")
UNREADABLE = "nobody can use what cannot be read: services and the gateway refuse to start with it"


@dataclass
class World:
    """The contract folders as far as they can be read; ``unreadable`` are the findings for the rest."""

    documents: Documents
    unreadable: list[Finding] = field(default_factory=list)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        read = self._named(self._each("topics", (".yaml",), reading.topic), lambda t: t.topic)
        return reading.spelled_out(read, self.authorities.values())

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        return self._named(self._several("authorities", reading.authorities), lambda a: a.id)

    @cached_property
    def purposes(self) -> dict[str, Purpose]:
        return self._named(self._each("purposes", (".yaml",), purposes.purpose), lambda p: p.id)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        return self._named(self._several("parameters", reading.parameters), lambda p: p.name)

    @cached_property
    def bases(self) -> dict[str, Basis]:
        return self._named(self._several("bases", bases.read), lambda b: b.id)

    @cached_property
    def codelists(self) -> dict[str, Codelist]:
        lists = self._named(self._each("codelists", (".yaml", ".json"), reading.codelist), lambda c: c.name)
        try:
            return reading.extended(lists)
        except ContractError as error:
            self.unreadable.append(
                Finding(Path(error.file), error.place, "unreadable", error.what, UNREADABLE, "mend the file there")
            )
            return lists

    @cached_property
    def calendars(self) -> dict[str, CalendarTable]:
        return self._named(self._each("calendars", (".yaml",), calendar_tables.read), lambda c: c.name)

    @cached_property
    def interfaces(self) -> dict[Path, dict[str, Any]]:
        """OpenAPI files, the shared parts included; only those that are OpenAPI."""
        return self._shaped("openapi", ".yaml", self._interface_faults)

    @cached_property
    def records(self) -> dict[Path, dict[str, Any]]:
        """Record schema files; only those that are JSON Schema."""
        return self._shaped("records", ".json", lambda _file, document: schema_faults(document))

    @cached_property
    def broken(self) -> set[Path]:
        """OpenAPI and record files that cannot be read as such; nothing follows a reference into them."""
        files = {*self.documents.files("openapi", (".yaml",)), *self.documents.files("records", (".json",))}
        return files - set(self.interfaces) - set(self.records)

    def _interface_faults(self, file: Path, document: Any) -> Iterator[tuple[str, str]]:
        found = list(openapi_faults(document))
        yield from found
        if not found:
            for schema, steps in roots(document, file):
                yield from ((pointer(*steps) + where, what) for where, what in schema_faults(schema))

    def _shaped(
        self, folder: str, suffix: str, faults: Callable[[Path, Any], Iterable[tuple[str, str]]]
    ) -> dict[Path, dict[str, Any]]:
        kept = {}
        for file in self.documents.files(folder, (suffix,)):
            if (read := self.document(file)) is None:
                continue
            (document,) = read
            found = list(faults(file, document))
            for where, what in found:
                self.unreadable.append(
                    Finding(file, where, "unreadable", what, UNREADABLE, "mend the structure at this place")
                )
            if not found and isinstance(document, dict):
                kept[file] = document
        return kept

    @cached_property
    def authority_names(self) -> set[str]:
        return {a.name for a in self.authorities.values()}

    @cached_property
    def holders(self) -> set[str]:
        """Who may hold keys: every department with a contract or a topic, and whoever hosts an authority."""
        named = {f.name.removesuffix(SUFFIX) for f in self.interfaces if f.parent.name == "openapi"} - {"common"}
        return (
            named | {t.department for t in self.topics.values()} | {a.host for a in self.authorities.values() if a.host}
        )

    @cached_property
    def contracts(self) -> Contracts:
        """For bundling and validating; only what could be read is in it."""
        return Contracts(
            folders=self.documents.folders,
            fingerprint=(),
            documents=self.documents,
            topics=self.topics,
            authorities=self.authorities,
            purposes=self.purposes,
            parameters=self.parameters,
            bases=self.bases,
        )

    def target(self, reference: str, referrer: Path) -> tuple[dict[str, Any], Path] | None:
        """The node that ``$ref`` means and its file; None when there is none (a finding of its own)."""
        target, _, where = reference.partition("#")
        home = self.documents.resolve(target, referrer) if target else referrer
        if home in self.broken:
            return None
        try:
            node = look_up(parse(home), where, home)
        except ContractError:
            return None
        return (node, home) if isinstance(node, dict) else None

    def document(self, file: Path) -> tuple[Any] | None:
        """What a file holds, whatever that is; None when it cannot be parsed (a finding of its own)."""
        return self.read(lambda each: (parse(each),), file)

    def read(self, read: Callable[[Path], T], file: Path) -> T | None:
        try:
            return read(file)
        except ContractError as error:
            where = Path(error.file)
            self.unreadable.append(
                Finding(where, error.place, "unreadable", error.what, UNREADABLE, "mend the file at this place")
            )
            return None

    def _each(self, folder: str, suffixes: tuple[str, ...], read: Callable[[Path], T]) -> Iterator[T]:
        for file in self.documents.files(folder, suffixes):
            if (entry := self.read(read, file)) is not None:
                yield entry

    def _several(self, folder: str, read: Callable[[Path], Iterable[T]]) -> Iterator[T]:
        for file in self.documents.files(folder, (".yaml",)):
            yield from self.read(lambda f: list(read(f)), file) or ()

    def _named(self, entries: Iterable[T], name: Callable[[T], str]) -> dict[str, T]:
        found: dict[str, T] = {}
        for entry in entries:
            if name(entry) in found:
                first = self.documents.show(found[name(entry)].file)  # type: ignore[attr-defined]  # every entry has its file
                what = f"the name {name(entry)} is already taken by {first}"
                self.unreadable.append(
                    Finding(entry.file, "", "name-taken", what, "a name means one thing", "rename or remove one")  # type: ignore[attr-defined]  # every entry has its file
                )
            else:
                found[name(entry)] = entry
        return found
