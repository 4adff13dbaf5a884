"""Looking into the register: one record, a title by its unit, titles by their owner, what lies on a title."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing as api
from onewindow_kit.edge import Caller, ContractRoute, Session

from housing.events import FREEZE, MORTGAGE, TITLE
from housing.routes.parts import LIMIT, Cursor, Limit, TheRegistry, listed, shown
from housing.service import looks

router = APIRouter(route_class=ContractRoute)


@router.get("/v1/titles/{urn}", operation_id="readTitle", response_model=api.TitleRecord)
async def read_title(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await looks.read(session, registry, caller, urn, TITLE))


@router.get("/v1/mortgages/{urn}", operation_id="readMortgage", response_model=api.MortgageRecord)
async def read_mortgage(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await looks.read(session, registry, caller, urn, MORTGAGE))


@router.get("/v1/freezes/{urn}", operation_id="readFreeze", response_model=api.FreezeRecord)
async def read_freeze(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await looks.read(session, registry, caller, urn, FREEZE))


@router.post("/v1/unit-lookups", operation_id="findTitleByUnit", response_model=api.TitleRecord)
async def find_title_by_unit(
    body: api.FindTitleByUnit, session: Session, registry: TheRegistry, caller: Caller
) -> Response:
    return shown(await looks.title_of_unit(session, registry, caller, body.unit_code))


@router.post("/v1/title-lookups", operation_id="findTitlesByOwner", response_model=api.TitlePage)
async def find_titles_by_owner(
    body: api.FindTitlesByOwner,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    return listed(await looks.titles_of_owner(session, registry, caller, body.owner, cursor, limit))


@router.get("/v1/titles/{urn}/mortgages", operation_id="listMortgages", response_model=api.MortgagePage)
async def list_mortgages(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    return listed(await looks.on_title(session, registry, caller, urn, MORTGAGE, cursor, limit))


@router.get("/v1/titles/{urn}/freezes", operation_id="listFreezes", response_model=api.FreezePage)
async def list_freezes(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    return listed(await looks.on_title(session, registry, caller, urn, FREEZE, cursor, limit))
