"""The provident fund, citizens' side and the office's: accounts, ledgers, withdrawals, loans."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing_cases as cases_api
from onewindow_contracts.models import housing_fund as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag
from onewindow_kit.records import Record

from housing.events.fund import FUND_ACCOUNT, FUND_LOAN
from housing.routes.parts import LIMIT, Authority, Cursor, Limit, TheRegistry, answer, listed, opened, shown
from housing.service import cases
from housing.service import looks as registers
from housing.service.fund import (
    contributions,
    inheritances,
    loan_cases,
    looks,
    memberships,
    paid,
    repayments,
    transfers,
    withdrawals,
)

router = APIRouter(route_class=ContractRoute)


def entered(account: str, line: Record) -> Response:
    """A new line of an account's ledger: 201, and where the ledger is."""
    headers = {"ETag": etag(line.version), "Location": f"/v1/fund-accounts/{account}/entries"}
    return Response(line.data, 201, media_type="application/json", headers=headers)


@router.post(
    "/v1/fund-memberships", operation_id="joinAsSelfEmployed", status_code=201, response_model=cases_api.CaseRecord
)
async def join_as_self_employed(
    body: api.JoinAsSelfEmployed, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await memberships.join(session, registry, caller, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.get("/v1/fund-accounts/{urn}", operation_id="readFundAccount", response_model=api.FundAccountRecord)
async def read_fund_account(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await registers.read(session, registry, caller, urn, FUND_ACCOUNT))


@router.post("/v1/fund-account-lookups", operation_id="findFundAccounts", response_model=api.FundAccountList)
async def find_fund_accounts(
    body: api.FindFundAccounts, session: Session, registry: TheRegistry, caller: Caller
) -> Response:
    items = await looks.of_person(session, registry, caller, body.person)
    return Response(b'{"items":[%s]}' % b",".join(items), media_type="application/json")


@router.get("/v1/fund-accounts/{urn}/entries", operation_id="listFundEntries", response_model=api.FundEntryPage)
async def list_fund_entries(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    return listed(await looks.entries(session, registry, caller, urn, cursor, limit))


@router.post(
    "/v1/fund-accounts/{urn}/contributions",
    operation_id="payOwnContribution",
    status_code=201,
    response_model=api.FundEntryRecord,
)
async def pay_own_contribution(
    urn: Urn,
    body: api.PayOwnContribution,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    return entered(urn, await contributions.pay_own(session, registry, caller, urn, body))


@router.post(
    "/v1/fund-accounts/{urn}/withdrawals",
    operation_id="applyForWithdrawal",
    status_code=201,
    response_model=cases_api.CaseRecord,
)
async def apply_for_withdrawal(
    urn: Urn,
    body: api.ApplyForWithdrawal,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    case = await withdrawals.apply(session, registry, caller, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/fund-accounts/{urn}/loans", operation_id="applyForLoan", status_code=201, response_model=cases_api.CaseRecord
)
async def apply_for_loan(
    urn: Urn, body: api.ApplyForLoan, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await loan_cases.apply(session, registry, caller, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/fund-accounts/{urn}/transfers-out", operation_id="transferFundOut", response_model=api.FundAccountRecord
)
async def transfer_fund_out(
    urn: Urn,
    body: api.TransferFundOut,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await transfers.out(session, registry, authority, urn, version, body))


@router.post(
    "/v1/fund-accounts/{urn}/transfers-in",
    operation_id="takeFundIn",
    status_code=201,
    response_model=api.FundEntryRecord,
)
async def take_fund_in(
    urn: Urn,
    body: api.TakeFundIn,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return entered(urn, await transfers.take_in(session, registry, authority, urn, version, body))


@router.post(
    "/v1/fund-accounts/{urn}/corrections",
    operation_id="correctFundLedger",
    status_code=201,
    response_model=api.FundEntryRecord,
)
async def correct_fund_ledger(
    urn: Urn,
    body: api.CorrectFundLedger,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return entered(urn, await transfers.correct(session, registry, authority, urn, version, body))


@router.get("/v1/fund-loans/{urn}", operation_id="readFundLoan", response_model=api.FundLoanRecord)
async def read_fund_loan(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await registers.read(session, registry, caller, urn, FUND_LOAN))


@router.post("/v1/fund-loans/{urn}/repayments", operation_id="repayLoan", response_model=api.FundLoanRecord)
async def repay_loan(
    urn: Urn,
    body: api.RepayLoan,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await repayments.repay(session, registry, caller, urn, version, body))


@router.post(
    "/v1/fund-inheritances", operation_id="openFundInheritance", status_code=201, response_model=cases_api.CaseRecord
)
async def open_fund_inheritance(
    body: api.OpenFundInheritance, session: Session, registry: TheRegistry, _key: IdempotencyKey
) -> Response:
    case = await inheritances.open_case(session, registry, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post("/v1/contribution-months", operation_id="contributionMonths", response_model=api.ContributionMonths)
async def contribution_months(
    body: api.AskContributionMonths, session: Session, registry: TheRegistry
) -> api.ContributionMonths:
    months = await paid.tell(session, registry, body.person, body.until)
    return api.ContributionMonths(months=months)
