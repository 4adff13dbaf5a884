"""Adverse acts over HTTP, the same in every department: what the second unit, the supervisor and the office do with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Protocol

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.act import Act, State
from onewindow_kit.adverse.acts import Acts
from onewindow_kit.decide import Principal
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX, decode, encode
from onewindow_kit.registry import URN, Cursor

SUPERVISOR = "supervision-office"
"""The office (local name) whose officers rule on held acts, in every department."""
PATH = "/v1/adverse-acts"
JSON = "application/json"
NO_STORE = {"Cache-Control": "no-store"}
Urn = Annotated[str, Path(max_length=160, pattern=URN)]


@dataclass(frozen=True, slots=True)
class AdverseDesk:
    """``app.state.adverse``: the acts, the department's context for its kinds (of a caller and a session), today in law."""

    acts: Acts
    context: Callable[[Principal, AsyncSession], Any]
    today: Callable[[], date]


class Models(Protocol):
    """The contract's models: ``onewindow_contracts.models.records.shared_adverse_act``."""

    AdverseActPage: type[Any]
    AdverseActRecord: type[Any]
    AdverseActStates: type[Any]
    AdverseDecision: type[Any]
    AdverseUndoing: type[Any]
    SupervisorRuling: type[Any]


def adverse_router(models: Models, *, restrictive: bool = True) -> APIRouter:
    """``listAdverseActs``, ``readAdverseAct``, ``undoAdverseAct`` and ``ruleOnAdverseActs``; ``decideAdverseActs`` where the
    department has kinds that need a second unit (``restrictive``)."""
    router = APIRouter(route_class=ContractRoute)

    @router.get(PATH, operation_id="listAdverseActs", response_model=models.AdverseActPage)
    async def list_acts(
        session: Session,
        request: Request,
        caller: Caller,
        state: Annotated[State, Query()],
        cursor: Cursor = None,
        limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT,
    ) -> Response:
        desk: AdverseDesk = request.app.state.adverse
        position = decode(cursor, str)
        found = await desk.acts.listing(session, own_acts(caller), state, position[0] if position else None, limit + 1)
        following = None if len(found) <= limit else encode(found[limit - 1].urn)
        items = b",".join(desk.acts.record(act).data for act in found[:limit])
        body = b'{"items":[%s],"next":%s}' % (items, orjson.dumps(following))
        return Response(body, media_type=JSON, headers=NO_STORE)

    @router.get(PATH + "/{urn}", operation_id="readAdverseAct", response_model=models.AdverseActRecord)
    async def read_act(urn: Urn, session: Session, request: Request, caller: Caller) -> Response:
        desk: AdverseDesk = request.app.state.adverse
        return told(desk.acts, await desk.acts.find(session, urn, own_acts(caller)))

    @router.post(PATH + "/{urn}/undoings", operation_id="undoAdverseAct", response_model=models.AdverseActRecord)
    async def undo_act(
        urn: Urn,
        body: models.AdverseUndoing,  # type: ignore[name-defined]  # a model of the contract
        session: Session,
        request: Request,
        caller: Caller,
        version: IfMatch,
        _key: IdempotencyKey,
    ) -> Response:
        desk: AdverseDesk = request.app.state.adverse
        act = await desk.acts.undo(
            desk.context(caller, session), session, caller, urn, version, own_acts(caller), body.reason, desk.today()
        )
        return told(desk.acts, act)

    async def decide_acts(
        body: models.AdverseDecision,  # type: ignore[name-defined]  # a model of the contract
        session: Session,
        request: Request,
        caller: Caller,
        _key: IdempotencyKey,
    ) -> Response:
        desk: AdverseDesk = request.app.state.adverse
        wanted = [(each.act, each.version) for each in body.acts]
        acts = await desk.acts.decide(
            desk.context(caller, session), session, caller, wanted, body.outcome, body.reason, desk.today()
        )
        return states(acts, [urn for urn, _ in wanted])

    @router.post("/v1/adverse-act-rulings", operation_id="ruleOnAdverseActs", response_model=models.AdverseActStates)
    async def rule_on_acts(
        body: models.SupervisorRuling,  # type: ignore[name-defined]  # a model of the contract
        session: Session,
        request: Request,
        caller: Caller,
        _key: IdempotencyKey,
    ) -> Response:
        desk: AdverseDesk = request.app.state.adverse
        wanted = [(each.act, each.version) for each in body.acts]
        acts = await desk.acts.rule(
            desk.context(caller, session), session, caller, wanted, body.outcome, body.reason, desk.today()
        )
        return states(acts, [urn for urn, _ in wanted])

    if restrictive:
        path, name = "/v1/adverse-act-decisions", "decideAdverseActs"
        router.post(path, operation_id=name, response_model=models.AdverseActStates)(decide_acts)
    return router


def own_acts(caller: Principal) -> str | None:
    """Whose acts a caller may see and undo: those of their own office, the supervisor everybody's (None)."""
    local = (caller.authority or "").partition(".")[2]
    return None if local == SUPERVISOR else caller.authority


def told(acts: Acts, act: Act, status: int = 200) -> Response:
    """An act as its record, with its version as ETag."""
    return Response(acts.record(act).data, status, NO_STORE | {"ETag": etag(act.version)}, JSON)


def states(acts: Sequence[Act], order: Sequence[str] | None = None, status: int = 200) -> Response:
    """What became of acts, in the order asked for, without naming anybody."""
    by_urn = {act.urn: act for act in acts}
    listed = [by_urn[urn] for urn in dict.fromkeys(order)] if order is not None else acts
    shown = [
        {
            "act": act.urn,
            "version": act.version,
            "state": act.state,
            "held_for": act.held_for,
            "refusal": act.refusal,
            "results": act.results,
        }
        for act in listed
    ]
    return Response(orjson.dumps({"acts": shown}), status, NO_STORE, JSON)
