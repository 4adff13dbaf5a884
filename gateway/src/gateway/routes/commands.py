"""Acting through the window."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from onewindow_contracts.models import gateway as api
from onewindow_kit.auth import presented
from onewindow_kit.edge import Caller, ContractRoute

from gateway.commands.told import told
from gateway.routes.parameters import PRIVATE, Here

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/me/commands/{department}/{operation}",
    operation_id="relayCommand",
    response_model=api.CommandAnswer,
    responses={201: {"model": api.CommandAnswer}, 202: {"model": api.CommandAnswer}, 204: {}},
)
async def relay_command(
    request: Request,
    caller: Caller,
    here: Here,
    department: Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,40}$")],
    operation: Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,80}$")],
    command: api.Command,
    idempotency_key: Annotated[
        str | None, Header(alias="Idempotency-Key", min_length=8, max_length=128, pattern=r"^[A-Za-z0-9._:-]+$")
    ] = None,
    if_match: Annotated[str | None, Header(alias="If-Match", min_length=1, max_length=128, pattern=r"^[!-~]+$")] = None,
) -> Response:
    """The department's own answer, unchanged."""
    here.looks.may(caller)
    here.looks.ready()
    passed = {"Idempotency-Key": idempotency_key, "If-Match": if_match}
    answer = await here.commands.relay(
        caller,
        presented(request.scope).token,
        department,
        operation,
        path=command.path or {},
        query=command.query or {},
        body=command.body,
        headers={name: value for name, value in passed.items() if value is not None},
    )
    # The department has acted by now; without the entry its answer stays here, and a repeat with the same key brings it.
    seen = told(answer, department)
    await here.looks.own(
        caller,
        f"{department}.{operation}",
        here.view.current(caller.subject),
        seen.records,
        outcome=seen.outcome,
        reason=seen.reason,
    )
    return Response(answer.body, answer.status, dict(answer.headers) | PRIVATE)
