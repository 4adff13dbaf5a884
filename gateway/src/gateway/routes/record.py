"""Who looked at me: the entries of the access record about the caller, in plain words, each with its proof."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Path, Query, Response
from onewindow_contracts.models import gateway_log as api
from onewindow_kit import pages
from onewindow_kit.decide import Principal
from onewindow_kit.edge import Caller, ContractRoute
from onewindow_kit.problems import InvalidCursor, NotFound

from gateway.parts import Parts
from gateway.record.reader import END, Filter, Stored
from gateway.record.words import Words
from gateway.routes.parameters import PRIVATE, Here

router = APIRouter(route_class=ContractRoute)
SHOWN: Mapping[str, tuple[str, ...]] = {"access.entry": ("*",)}
EntryId = Annotated[str, Path(alias="id", pattern=r"^[a-z2-7]{22}$")]
Kind = Literal["own", "look", "register", "service"]


@router.get("/v1/me/access-entries", operation_id="listAccessEntries", response_model=api.AccessEntryPage)
async def list_access_entries(
    caller: Caller,
    here: Here,
    organisation: Annotated[
        str | None, Query(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$")
    ] = None,
    purpose: Annotated[
        str | None, Query(min_length=1, max_length=100, pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$")
    ] = None,
    kind: Annotated[Kind | None, Query()] = None,
    cursor: Annotated[str | None, Query(min_length=1, max_length=1000, pattern=r"^[A-Za-z0-9_-]+$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """The newest first; the first page counts what matches by month."""
    here.looks.may(caller)
    person, wanted = _pseudonyms(here, caller), Filter(organisation, purpose, kind)
    before = pages.decode(cursor, int)
    if before is not None and not 0 <= before[0] <= END:
        raise InvalidCursor
    entries, following = await here.record.page(person, wanted, before[0] if before else None, limit)
    months = None
    if before is None:
        counted = await here.record.months(person, wanted, here.settings.time_zone)
        months = [{"month": month, "count": count} for month, count in counted]
    words = here.words()
    page = {
        "items": [_shown(words, each) for each in entries],
        "next": None if following is None else pages.encode(following),
        "months": months,
    }
    return await _answer(here, caller, "listAccessEntries", page)


@router.get("/v1/me/access-entries/{id}", operation_id="readAccessEntry", response_model=api.AccessEntry)
async def read_access_entry(caller: Caller, here: Here, entry_id: EntryId) -> Response:
    """One of them."""
    found = await _find(here, caller, entry_id)
    return await _answer(here, caller, "readAccessEntry", _shown(here.words(), found))


@router.get("/v1/me/access-entries/{id}/proof", operation_id="proveAccessEntry", response_model=api.AccessProof)
async def prove_access_entry(caller: Caller, here: Here, entry_id: EntryId) -> Response:
    """With it the caller can check alone, now and later."""
    proof = await here.record.proof(await _find(here, caller, entry_id))
    content = {
        "id": entry_id,
        "index": proof.index,
        "entry": _base64(proof.kept.entry),
        "salt": _base64(proof.kept.salt),
        "leaf": _base64(proof.leaf),
        "size": proof.size,
        "hashes": [_base64(each) for each in proof.hashes],
        "checkpoint": proof.checkpoint,
    }
    return await _answer(here, caller, "proveAccessEntry", content)


async def _find(here: Parts, caller: Principal, entry_id: str) -> Stored:
    here.looks.may(caller)
    found = await here.record.one(_pseudonyms(here, caller), entry_id)
    if found is None:
        raise NotFound
    return found


async def _answer(here: Parts, caller: Principal, operation: str, content: Any) -> Response:
    await here.looks.own(caller, operation, here.view.current(caller.subject), SHOWN)
    return Response(orjson.dumps(content), media_type="application/json", headers=PRIVATE)


def _pseudonyms(here: Parts, caller: Principal) -> list[str]:
    """All that the person is or was known by; the caller's own at least, for whom no link record lists yet."""
    current = here.view.current(caller.subject)
    return list(dict.fromkeys((caller.subject, current, *here.view.pseudonyms(current))))


def _shown(words: Words, entry: Stored) -> dict[str, Any]:
    said, things = entry.said, words.things
    return {
        "id": said["id"],
        "at": said["at"],
        "kind": said["kind"],
        "outcome": said["outcome"],
        "reason": said["reason"],
        "organisation": {"id": said["organisation"], "title": words.organisation(said["organisation"])},
        "actor": said["actor"] if said["kind"] != "own" else None,
        "purpose": said["purpose"] and {"id": said["purpose"], "title": words.purpose(said["purpose"])},
        "legal_basis": said["legal_basis"],
        "case": said["case"],
        "records": [
            {
                "type": record_type,
                "title": things.title(record_type),
                "whole": "*" in names,
                "fields": [{"name": n, "title": things.label(record_type, n)} for n in names if n != "*"],
            }
            for record_type, names in said["records"].items()
        ],
        "withheld": [{"field": name, "reason": reason} for name, reason in said["withheld"].items()],
        "operation": said["operation"],
        "disclosed_on": entry.discloses_on and entry.discloses_on.isoformat(),
        "text": words.tell(said, entry.discloses_on),
    }


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
