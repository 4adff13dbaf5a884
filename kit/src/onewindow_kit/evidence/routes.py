"""What every department confirms to the others: ``POST /v1/evidence/check``, service to service."""

from typing import Any

from fastapi import APIRouter, Request

from onewindow_kit.edge import Caller, ContractRoute, Session
from onewindow_kit.evidence.desk import CheckDesk


def evidence_router(question: type[Any], answer: type[Any]) -> APIRouter:
    """``checkEvidence``; ``question`` and ``answer`` are the contract's models, ``app.state.evidence`` the CheckDesk."""
    router = APIRouter(route_class=ContractRoute)

    @router.post("/v1/evidence/check", operation_id="checkEvidence", response_model=answer)
    async def check_evidence(
        body: question,  # type: ignore[valid-type]  # a model, given by the department
        session: Session,
        request: Request,
        caller: Caller,
    ) -> Any:
        desk: CheckDesk = request.app.state.evidence
        claims = [(each.introduction, tuple(each.evidence)) for each in body.checks]
        return {"confirmed": await desk.check(session, caller.client_id, body.basis, claims)}

    return router
