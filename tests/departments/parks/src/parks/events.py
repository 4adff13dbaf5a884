"""The department's records as the world sees them: envelope and body as ``records/parks`` says."""

from datetime import date, datetime

import orjson
from onewindow_kit.clock import stamp
from onewindow_kit.records import Record

from parks.domain import Allotment

ALLOTMENT = "parks.allotment.v1"
BASIS = "演示规定第1条"


def allotment_record(allotment: Allotment, change: str, effective_on: date, recorded_at: datetime) -> Record:
    """An allotment at its version; its holder is the subject."""
    subject = {"pseudonym": allotment.holder, "role": "holder", "from": allotment.since, "until": allotment.until}
    envelope = {
        "urn": allotment.urn,
        "version": allotment.version,
        "change": change,
        "authority": allotment.authority,
        "effective_on": effective_on,
        "recorded_at": stamp(recorded_at),
        "legal_basis": BASIS,
        "contract": ALLOTMENT,
        "subjects": [subject | {"part": None}],
        "body": {"plot": allotment.plot, "kind": allotment.kind, "rent_fen": allotment.rent, "note": None},
    }
    head = (ALLOTMENT, allotment.urn, allotment.version, change, allotment.authority)
    return Record(*head, orjson.dumps(envelope), recorded_at, ended=change == "ended")
