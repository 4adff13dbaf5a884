"""What of records an agency is shown: the contract's properties for the decision, and its outcome applied to each record.

Worked out once for each set of fields: people of one office ask for the same ones all day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow_contracts.loader import Contracts
from onewindow_kit.decide import Decision, Property, Visible
from onewindow_kit.properties import OWN_PART
from onewindow_kit.properties import properties as shown_properties

from gateway.access.masking import ABSENT, Mask, compiled, properties
from gateway.view.visible import mark

KEPT = ("urn", "version", "authority", "effective_on", "recorded_at", "contract")
REMEMBERED = 10_000
NO_ROLES: frozenset[str] = frozenset()
Plan = tuple[tuple[str, Mask], ...]


class Released:
    """Of one edition of the contracts; ``topic_of`` turns a record type into its topic."""

    def __init__(self, contracts: Contracts, topic_of: Mapping[str, str]) -> None:
        self._contracts, self._topic_of = contracts, topic_of
        self._properties: dict[str, Mapping[str, Property]] = {}
        self._visible: dict[tuple[str, frozenset[str]], Visible] = {}
        self._wanted: dict[tuple[str, ...], dict[str, frozenset[str]]] = {}
        self._plans: dict[tuple[str, frozenset[str], frozenset[str]], Plan] = {}

    def wanted(self, fields: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
        """Record type -> properties, of names such as ``housing.title.use``; names that no contract has stay in it, and
        lie beyond every purpose."""
        found = self._wanted.get(fields)
        if found is None:
            names: dict[str, set[str]] = {}
            for name in fields:
                record_type, _, field = name.rpartition(".")
                names.setdefault(record_type, set()).add(field)
            found = {record_type: frozenset(each) for record_type, each in names.items()}
            self._wanted = self._room(self._wanted)
            self._wanted[fields] = found
        return found

    def known(self, wanted: Mapping[str, frozenset[str]]) -> list[str]:
        """The names in ``wanted`` that contracts have: a caller's own words don't get into the record."""
        return [
            f"{record_type}.{name}"
            for record_type, names in wanted.items()
            if record_type in self._topic_of
            for name in sorted(names & self.properties(record_type).keys())
        ]

    def properties(self, record_type: str) -> Mapping[str, Property]:
        found = self._properties.get(record_type)
        if found is None:
            schema = self._contracts.body_schema(self._topic_of[record_type])
            found = self._properties[record_type] = shown_properties(schema)
        return found

    def visible(self, record_type: str, roles: frozenset[str]) -> Visible:
        """The record type as its contract shows it to a person who stands in ``roles``."""
        found = self._visible.get((record_type, roles))
        if found is None:
            self._visible = self._room(self._visible)
            found = self._visible[record_type, roles] = Visible(self.properties(record_type), roles)
        return found

    def record(self, record_type: str, decision: Decision, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """One record, as its subject sees it (``envelope``), cut to what ``decision`` lets out and masked."""
        topic = envelope["contract"]
        fields, masked = decision.fields[record_type], decision.masked.get(record_type, NO_ROLES)
        plan = self._plans.get((topic, fields, masked))
        if plan is None:
            plan = self._plan(topic, fields, masked)
        stored, body = envelope["body"], {}
        for name, mask in plan:
            if name in stored and (value := mask(stored[name])) is not ABSENT:
                body[name] = value
        # The own part names a role and a share; it leaves whole or not at all.
        own = envelope["you"] if OWN_PART in fields else []
        kept = {name: envelope[name] for name in KEPT} | mark(envelope.get("disputed", ()))
        return {"type": record_type, **kept, "subject": own, "body": body}

    def _plan(self, topic: str, fields: frozenset[str], masked: frozenset[str]) -> Plan:
        schema = self._contracts.body_schema(topic)
        known = properties(schema, schema)
        self._plans = self._room(self._plans)
        plan = self._plans[topic, fields, masked] = tuple(
            (name, compiled(schema, known[name], clear=name not in masked)) for name in sorted(fields & known.keys())
        )
        return plan

    @staticmethod
    def _room(remembered: dict[Any, Any]) -> dict[Any, Any]:
        return remembered if len(remembered) < REMEMBERED else {}
