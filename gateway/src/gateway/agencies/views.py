"""One person's fields for one purpose: found, cut, masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow_kit.decide import Principal

from gateway.access.looks import Look
from gateway.access.masking import ABSENT, classified, mask, properties
from gateway.access.problems import PersonNotFound
from gateway.access.purposes import within
from gateway.agencies.persons import Persons
from gateway.catalogue import Catalogue
from gateway.view import View

KEPT = ("urn", "version", "authority", "effective_on", "recorded_at", "contract")
OWN_PART = "you"


class PurposeViews:
    """Reads for agencies from the same store as the citizens' window, so never more than the citizen sees."""

    def __init__(self, view: View, catalogue: Catalogue, persons: Persons) -> None:
        self._view, self._catalogue, self._persons = view, catalogue, persons

    async def subject(self, caller: Principal, named: Mapping[str, str]) -> str:
        """The gateway-sector pseudonym of the person named; PersonNotFound for everybody out of reach, all alike."""
        if (pseudonym := named.get("pseudonym")) is not None:
            # Another sector's pseudonym is of no use here, even when it is a right one.
            own = pseudonym.partition(".")[0] == caller.sector
            subject = self._view.subject(pseudonym) if own else None
        else:
            resolved = await self._persons.resolve(named["scheme"], named["number"], named["name"])
            subject = self._view.subject(resolved)
        if subject is None:
            raise PersonNotFound
        return subject

    def read(self, look: Look, subject: str) -> dict[str, Any]:
        """The answer of ``POST /v1/views``: a section for each department that the look reaches, records or none."""
        sections: dict[str, dict[str, Any]] = {}
        edition = self._catalogue.now
        for topic, state in self._view.sections(look.fields, subject).items():
            section = sections.setdefault(
                state.section,
                {
                    "section": state.section,
                    "title": dict(state.title),
                    "as_of": state.as_of,
                    "stale": state.stale,
                    "held": [],
                    "records": [],
                },
            )
            if state.held:
                section["held"].append(topic.rpartition(".")[0])
        for topic, envelope in self._view.opened(subject, look.fields):
            seen = self._seen(topic, envelope)
            section = self._view.frame.shapes.topics[topic].section
            assert section is not None  # a topic without a section has no state and no opened records
            sections[section]["records"].append(_released(edition.contracts.body_schema(topic), look, topic, seen))
        return {"purpose": look.purpose, "sections": list(sections.values())}

    def _seen(self, topic: str, envelope: dict[str, Any]) -> dict[str, Any]:
        """The envelope as the person sees it: an agency never sees more of a person's record than the person."""
        cut = self._view.frame.shapes.topics[topic].cut(frozenset(own["role"] for own in envelope["you"]))
        return envelope if cut is None else envelope | {"body": cut(envelope["body"])}


def _released(schema: Mapping[str, Any], look: Look, topic: str, envelope: Mapping[str, Any]) -> dict[str, Any]:
    known = properties(schema, schema)
    body: dict[str, Any] = {}
    for name in sorted(look.fields[topic] & envelope["body"].keys() & known.keys()):
        rule = classified(schema, known[name]) or {}
        if not within(rule.get("sensitivity", "confidential"), look.highest):
            continue
        value = mask(schema, known[name], envelope["body"][name], clear=name in look.clear[topic])
        if value is not ABSENT:
            body[name] = value
    kept = {name: envelope[name] for name in KEPT}
    # The own part names a role and a share; it leaves whole or not at all.
    own = envelope["you"] if OWN_PART in look.clear[topic] else []
    return {"type": topic.rpartition(".")[0], **kept, "subject": own, "body": body}
