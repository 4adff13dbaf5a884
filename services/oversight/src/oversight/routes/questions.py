"""Questions over HTTP: asked through the gateway, answered by offices."""

import base64
import binascii
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header, Query, Response
from onewindow_contracts.models import oversight as shared
from onewindow_contracts.models import oversight_questions as api
from onewindow_contracts.models.records.oversight_question import QuestionState
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session
from onewindow_kit.problems import MalformedRequest

from oversight.routes.answers import LIMIT, Cursor, Escalated, Limit, Office, RecordUrn, TheDesk, answer, listed, own
from oversight.service import matters
from oversight.service import questions as service

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/questions"
Facts = Annotated[
    str, Header(alias="Onewindow-Entry-Facts", min_length=2, max_length=8000, pattern=r"^[A-Za-z0-9_-]+$")
]


@router.post(PATH, operation_id="askQuestion", status_code=201, response_model=api.QuestionReceipt)
async def ask(
    body: api.QuestionAsked,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    entry_facts: Facts,
    _key: IdempotencyKey,
) -> Response:
    row = await service.ask(desk, session, own(caller), body.entry, body.text, facts(entry_facts))
    return answer(matters.receipt(row), 201)


@router.get(PATH, operation_id="listQuestions", response_model=api.QuestionPage)
async def list_by_state(
    session: Session,
    desk: TheDesk,
    caller: Caller,
    state: Annotated[QuestionState, Query()],
    office: Office = None,
    escalated: Escalated = None,
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    wanted = {"state": state, "office": office, "escalated": escalated, "cursor": cursor, "limit": limit}
    return listed(await matters.page(desk, session, "question", caller, **wanted))


@router.get(PATH + "/{urn}", operation_id="readQuestion", response_model=api.QuestionFile)
async def read(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller) -> Response:
    return answer(matters.shown(await matters.of_office(desk, session, "question", urn, caller)))


@router.post(PATH + "/{urn}/handlers", operation_id="assignQuestion", response_model=api.QuestionFile)
async def assign(
    urn: RecordUrn,
    body: shared.HandlerNamed,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(matters.shown(await service.assign(desk, session, caller, urn, version, body.officer, body.name)))


@router.post(PATH + "/{urn}/answers", operation_id="answerQuestion", response_model=api.QuestionFile)
async def answer_question(
    urn: RecordUrn,
    body: api.QuestionAnswered,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    given = {"name": body.name, "basis": body.legal_basis, "text": body.text}
    return answer(matters.shown(await service.answer(desk, session, caller, urn, version, **given)))


@router.post(PATH + "/{urn}/closures", operation_id="closeQuestion", response_model=api.QuestionReceipt)
async def close(
    urn: RecordUrn, body: api.AnswerJudged, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    return answer(matters.receipt(await service.judge(desk, session, own(caller), urn, accepted=body.accepted)))


@router.post(PATH + "/{urn}/withdrawals", operation_id="withdrawQuestion", response_model=api.QuestionReceipt)
async def withdraw(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey) -> Response:
    return answer(matters.receipt(await service.withdraw(desk, session, own(caller), urn)))


def facts(text: str) -> dict[str, Any]:
    """What the gateway says of the entry; MalformedRequest for what no gateway says."""
    try:
        said = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError) as error:
        raise MalformedRequest("The entry's facts cannot be read.") from error
    if not isinstance(said, dict) or not all(
        isinstance(said.get(name), str) for name in ("at", "organisation", "kind")
    ):
        raise MalformedRequest("The entry's facts are not complete.")
    return said
