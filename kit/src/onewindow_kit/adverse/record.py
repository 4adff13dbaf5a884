"""An adverse act as the record that its person reads: what, why, by whom, on what evidence, and what can be done."""

from __future__ import annotations

import orjson

from onewindow_kit.adverse.act import Act, Ruling
from onewindow_kit.clock import now, stamp
from onewindow_kit.records import Record

ROLE = "concerned"


def record_of(act: Act, topic: str) -> Record:
    """The act at its version. It stays with the person's present records whatever became of it: an attempt stands."""
    at = now()
    change = "created" if act.version == 1 else "corrected" if act.state == "undone" else "varied"
    envelope = {
        "urn": act.urn,
        "version": act.version,
        "change": change,
        "authority": act.authority,
        "effective_on": act.undone_on or act.in_force_on or act.acted_on,
        "recorded_at": stamp(at),
        "legal_basis": act.legal_basis,
        "contract": topic,
        "subjects": [{"pseudonym": act.subject, "role": ROLE, "from": act.acted_on, "until": None, "part": None}],
        "body": {
            "kind": act.kind,
            "degree": act.degree,
            "state": act.state,
            "acted_on": act.acted_on,
            "basis": act.basis,
            "reason": act.reason,
            "evidence": act.evidence,
            "remedy": act.remedy,
            "by_law": act.author.id is None,
            "unit": act.author.unit,
            "author": act.author.id,
            "held_for": act.held_for,
            "refusal": act.refusal,
            "rulings": [_told(each) for each in act.rulings],
            "concerns": act.concerns,
            "results": act.results,
            "in_force_on": act.in_force_on,
            "undone_on": act.undone_on,
            "undone_reason": act.undone_reason,
            "compensation": act.compensation,
        },
    }
    return Record(topic, act.urn, act.version, change, act.authority, orjson.dumps(envelope), at)


def _told(ruling: Ruling) -> dict[str, object]:
    return {
        "outcome": ruling.outcome,
        "authority": ruling.by,
        "unit": ruling.unit,
        "officer": ruling.officer,
        "reason": ruling.reason,
        "on": ruling.on,
    }
