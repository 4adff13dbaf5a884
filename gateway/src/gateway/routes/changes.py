"""What changed in my window: a stream of server-sent events for browsers, a long poll for everybody else."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from onewindow_contracts.models import gateway as api
from onewindow_kit.access import Kept
from onewindow_kit.decide import Principal
from onewindow_kit.edge import Caller, ContractRoute
from onewindow_kit.problems import Problem

from gateway.access.looks import CHANGED
from gateway.parts import Parts
from gateway.routes.parameters import PRIVATE, Here
from gateway.view import Change

router = APIRouter(route_class=ContractRoute)
STREAM = {**PRIVATE, "X-Accel-Buffering": "no"}
OPERATION = "followChanges"
RECONNECT = 2000  # milliseconds
Stands = Callable[[Principal], None]
"""``Verifier.stands``: a revoked token is told nothing more, however long its stream has been open."""


@router.get(
    "/v1/me/changes",
    operation_id="followChanges",
    response_model=api.ChangePage,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def follow_changes(
    request: Request,
    caller: Caller,
    here: Here,
    after: Annotated[str | None, Query(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._:-]+$")] = None,
    wait: Annotated[int, Query(ge=0, le=60)] = 25,
    last_event_id: Annotated[str | None, Header(alias="Last-Event-ID", max_length=128, pattern=r"^[ -~]*$")] = None,
) -> Response:
    """``text/event-stream`` where the caller accepts it, else JSON."""
    here.looks.may(caller)
    subject = here.view.current(caller.subject)
    place = last_event_id or after
    stands: Stands = request.app.state.edge.verifier.stands
    with ExitStack() as held:
        held.enter_context(here.streams.place(subject))
        if "text/event-stream" not in request.headers.get("accept", ""):
            return _json(await _poll(here, caller, stands, subject, place, wait))
        await here.looks.own(caller, OPERATION, subject, outcome="not-modified")
        # The place is given back by the stream itself, which outlives this function.
        return EventSourceResponse(_stream(here, caller, stands, subject, place, held.pop_all()), headers=STREAM)


async def _poll(
    here: Parts, caller: Principal, stands: Stands, subject: str, place: str | None, wait: int
) -> dict[str, Any]:
    end = min(time.time() + wait, caller.expires_at)
    while True:
        found = here.view.changes(subject, place)
        if found is None:
            await here.looks.own(caller, OPERATION, subject, outcome="not-modified")
            return {"changes": [], "after": _present(here, subject), "reset": True}
        changes, last = found
        left = end - time.time()
        if changes or place is None or left <= 0:
            stands(caller)
            await _keep(here, caller, subject, changes)
            return {"changes": [_change(each) for each in changes], "after": last, "reset": False}
        await here.view.changed(subject, left, place)


async def _stream(
    here: Parts, caller: Principal, stands: Stands, subject: str, place: str | None, held: ExitStack
) -> AsyncIterator[bytes]:
    """Events until the token ends. Each carries its id, so that a browser goes on where it stopped.

    The status has left by now: what can't be read or kept any more ends the stream, and the browser comes back.
    """
    with held, suppress(Problem):
        yield format_sse_event(comment="following", retry=RECONNECT)
        if place is None:
            place = _present(here, subject)
            yield format_sse_event(id=place)
        while (left := caller.expires_at - time.time()) > 0:
            stands(caller)
            found = here.view.changes(subject, place)
            if found is None:
                place = _present(here, subject)
                yield format_sse_event(event="reset", data_str="{}", id=place)
                continue
            changes, place = found
            if changes:
                # What is told in one turn is one look: its entry first, then the events.
                kept = await _keep(here, caller, subject, changes)
                yield format_sse_event(comment=f"entry {kept.id}")
            for each in changes:
                yield format_sse_event(event="change", data_str=orjson.dumps(_change(each)).decode(), id=each.id)
            if not changes and not await here.view.changed(subject, min(here.settings.heartbeat, left), place):
                yield KEEPALIVE_COMMENT


async def _keep(here: Parts, caller: Principal, subject: str, changes: Sequence[Change]) -> Kept:
    """The entry of changes about to be told: which types changed, no property of them."""
    return await here.looks.own(
        caller,
        OPERATION,
        subject,
        {each.type: CHANGED for each in changes},
        outcome="answered" if changes else "not-modified",
    )


def _present(here: Parts, subject: str) -> str:
    """The place after the newest change."""
    found = here.view.changes(subject, None)
    assert found is not None  # without a place there is none to be unknown
    return found[1]


def _change(each: Change) -> dict[str, Any]:
    return {"id": each.id, "urn": each.urn, "version": each.version, "kind": each.kind, "type": each.type}


def _json(content: dict[str, Any]) -> Response:
    return Response(orjson.dumps(content), media_type="application/json", headers=PRIVATE)
