"""Contracts compiled for the view: per topic who owns it, what a valid event is, what is stored and who sees what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

import jsonschema_rs
import orjson
from onewindow_contracts.errors import ContractError
from onewindow_contracts.formats import CHECKS
from onewindow_contracts.loader import Contracts

from gateway.view.visibility import Cut, Node, compile_body, cut_for

GATEWAY: Final = "gateway"
LINK: Final = "identity.link.v1"
DISPUTE: Final = "oversight.dispute.v1"
UNUSABLE: Final = (ContractError, OSError, LookupError, TypeError, ValueError)
"""What reading and compiling contracts may raise while somebody is editing them."""


@dataclass(eq=False)
class Shape:
    """One record topic that the gateway consumes. ``type`` is ``<department>.<record-type>``; ``section`` None: not shown.

    ``owners`` maps the ids of the authorities that may publish here to the sector whose pseudonyms they know.
    """

    topic: str
    type: str
    department: str
    section: str | None
    owners: Mapping[str, str]
    schema: dict[str, Any]
    tree: Node
    _cuts: dict[frozenset[str] | None, Cut | None] = field(default_factory=dict)

    @cached_property
    def validator(self) -> Any:
        """Of whole envelopes; made at first use (tens of milliseconds), 5 µs a call."""
        formats = dict(CHECKS)
        return jsonschema_rs.Draft202012Validator(self.schema, validate_formats=True, formats=formats)

    def check(self) -> None:
        """ValueError when the schema is none that events could be checked against."""
        self.validator.is_valid({})

    @cached_property
    def record_type(self) -> str:
        """As in URNs."""
        return self.type.rpartition(".")[2]

    @cached_property
    def digest(self) -> int:
        """64 bits over all that decides how a record of this topic is stored."""
        said = [self.section, _outline(self.tree)]
        return int.from_bytes(blake2b(orjson.dumps(said), digest_size=8).digest(), "big")

    def cut(self, roles: frozenset[str] | None) -> Cut | None:
        """What takes a body down to what these roles see (None: to what is stored); None when nothing is cut."""
        try:
            return self._cuts[roles]
        except KeyError:
            return self._cuts.setdefault(roles, cut_for(self.tree, roles))


@dataclass(frozen=True, eq=False)
class SectionShape:
    """``departments`` make it fresh or stale; ``sectors`` are those whose pseudonyms its records carry."""

    name: str
    title: Mapping[str, str]
    authorities: tuple[str, ...]
    departments: tuple[str, ...]
    sectors: frozenset[str]
    types: frozenset[str]


@dataclass(frozen=True, eq=False)
class Shapes:
    """Everything that view and projector take from the contracts of one moment."""

    topics: Mapping[str, Shape]
    sections: Mapping[str, SectionShape]
    heartbeats: Mapping[str, str]
    dead_letters: Mapping[str, str]
    hosts: Mapping[str, str]
    """Authority id -> department that keeps its registry."""

    @cached_property
    def types(self) -> Mapping[str, tuple[str, ...]]:
        """Record type -> its topics (one per major version) that are shown."""
        found: dict[str, tuple[str, ...]] = {}
        for shape in self.topics.values():
            if shape.section is not None:
                found[shape.type] = (*found.get(shape.type, ()), shape.topic)
        return found

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Record types (shown or not) that reach this store."""
        return frozenset(shape.type for shape in self.topics.values())

    def reaches(self, urn: str) -> bool:
        """Whether records of this URN's type come to the gateway: nobody may wait for the others."""
        parts = urn.split(":")
        return len(parts) == 5 and f"{self.hosts.get(parts[2])}.{parts[3]}" in self.awaited


def compile_shapes(contracts: Contracts, instance: str) -> Shapes:
    """ContractError when a topic's schema cannot be read."""
    hosts = {a.id: a.host for a in contracts.authorities.values() if a.instance == instance and a.host}
    sectors = {a.id: a.sector for a in contracts.authorities.values() if a.instance == instance}
    topics = {}
    for entry in contracts.topics.values():
        if entry.kind != "record" or GATEWAY not in entry.consumers:
            continue
        owners = {f"{instance}.{name}": sectors.get(f"{instance}.{name}", "") for name in entry.authorities}
        topics[entry.topic] = Shape(
            topic=entry.topic,
            type=f"{entry.department}.{entry.record_type}",
            department=entry.department,
            section=entry.section,
            owners=owners,
            schema=contracts.record_schema(entry.topic),
            tree=compile_body(contracts.body_schema(entry.topic)),
        )
    by_kind = {
        kind: {e.department: e.topic for e in contracts.topics.values() if e.kind == kind}
        for kind in ("heartbeat", "dead-letter")
    }
    return Shapes(topics, _sections(contracts, topics), by_kind["heartbeat"], by_kind["dead-letter"], hosts)


def _sections(contracts: Contracts, topics: Mapping[str, Shape]) -> dict[str, SectionShape]:
    names = sorted({shape.section for shape in topics.values() if shape.section})
    sections = {}
    for name in names:
        shapes = [topics[topic] for topic in sorted(topics) if topics[topic].section == name]
        files = [contracts.topics[shape.topic] for shape in shapes]
        titles = [entry.section_title for entry in files if entry.section_title]
        titles += [entry.title for entry in files if entry.title]
        sections[name] = SectionShape(
            name=name,
            title=titles[0] if titles else {"zh": name, "en": name},
            authorities=tuple(sorted({owner for shape in shapes for owner in shape.owners})),
            departments=tuple(sorted({shape.department for shape in shapes})),
            sectors=frozenset(sector for shape in shapes for sector in shape.owners.values()),
            types=frozenset(shape.type for shape in shapes),
        )
    return sections


def _outline(node: Node) -> list[Any]:
    audience = None if node.audience is None else sorted(node.audience)
    properties = {name: _outline(child) for name, child in sorted(node.properties.items())}
    return [node.classified, audience, node.closed, properties, node.items and _outline(node.items)]
