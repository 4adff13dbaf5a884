"""Single fields of one person, for a purpose; answered by ``gateway.hot``."""

from fastapi import APIRouter, Response
from onewindow_contracts.models import gateway as api
from onewindow_kit.edge import Caller, ContractRoute
from onewindow_kit.problems import Unavailable

from gateway.routes.parameters import Awaited

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/views", operation_id="readForPurpose", response_model=api.PurposeView)
async def read_for_purpose(caller: Caller, wanted: api.PurposeRequest, awaited: Awaited = None) -> Response:
    """Declared here for whoever walks the routes; ``gateway.hot`` answers before this application is asked."""
    raise Unavailable("Looks are answered elsewhere.")
