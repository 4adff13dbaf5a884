"""What a department's answer told its caller, as the entry says it: which kind of record, or why it was refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from onewindow_kit.access.entry import WHOLE, Outcome
from onewindow_kit.decide import Reason

from gateway.commands.outward import Answer

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RECORD_TYPE = re.compile(r"urn:onewindow:[^:]+:([a-z][a-z0-9-]{0,40}):[a-z2-7]{22}")


class Told(NamedTuple):
    """``records`` maps the type of the record in the answer to all of it; empty where there is none."""

    outcome: Outcome
    reason: str
    records: Mapping[str, tuple[str, ...]]


def told(answer: Answer, department: str) -> Told:
    """Of an answer that came back; a refusal's reason is the department's own code."""
    said = _object(answer.body)
    if answer.status >= 400:
        code = said.get("code")
        return Told("refused", code if isinstance(code, str) and _CODE.fullmatch(code) else "refused", {})
    urn = said.get("urn")
    named = _RECORD_TYPE.fullmatch(urn) if isinstance(urn, str) else None
    return Told("answered", Reason.OWN, {f"{department}.{named[1]}": WHOLE} if named else {})


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}
