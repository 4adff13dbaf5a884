"""The provident fund, employers' side: enrolled by the office, acted for by their representatives."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing_fund as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session

from housing.routes.parts import Authority, TheRegistry, answer, created, shown
from housing.service.fund import contributions, employees, employers

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/fund-employers", operation_id="enrolEmployer", status_code=201, response_model=api.FundEmployerRecord)
async def enrol_employer(
    body: api.EnrolEmployer, session: Session, registry: TheRegistry, authority: Authority, _key: IdempotencyKey
) -> Response:
    return created(await employers.enrol(session, registry, authority, body), "fund-employers")


@router.get("/v1/fund-employers/{urn}", operation_id="readFundEmployer", response_model=api.FundEmployerRecord)
async def read_fund_employer(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await employers.read(session, registry, caller, urn))


@router.post("/v1/fund-employers/{urn}/rates", operation_id="setFundRates", response_model=api.FundEmployerRecord)
async def set_fund_rates(
    urn: Urn,
    body: api.SetFundRates,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await employers.set_rates(session, registry, caller, urn, version, body))


@router.post("/v1/fund-employers/{urn}/employees", operation_id="enrolEmployee", response_model=api.FundEmployerRecord)
async def enrol_employee(
    urn: Urn, body: api.EnrolEmployee, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    return answer(await employees.enrol(session, registry, caller, urn, body))


@router.post(
    "/v1/fund-employers/{urn}/departures", operation_id="reportDeparture", response_model=api.FundEmployerRecord
)
async def report_departure(
    urn: Urn, body: api.ReportDeparture, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    return answer(await employees.leave(session, registry, caller, urn, body))


@router.post("/v1/fund-employers/{urn}/contributions", operation_id="contribute", response_model=api.FundEmployerRecord)
async def contribute(
    urn: Urn, body: api.Contribute, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    return answer(await contributions.pay(session, registry, caller, urn, body))
