"""The provident fund's records: an account and its ledger's lines for their holder, an employer for itself."""

from datetime import date, datetime

from onewindow_kit.records import Record

from housing.domain.fund.account import Account, Entry
from housing.domain.fund.employer import Employer
from housing.domain.fund.loan import Loan
from housing.domain.fund.months import text_of
from housing.events.envelope import Change, record, subject

FUND_ACCOUNT, FUND_ENTRY = "housing.fund-account.v1", "housing.fund-entry.v1"
FUND_LOAN, FUND_EMPLOYER = "housing.fund-loan.v1", "housing.fund-employer.v1"
FUND_TOPICS = {
    "fund-account": FUND_ACCOUNT,
    "fund-entry": FUND_ENTRY,
    "fund-loan": FUND_LOAN,
    "fund-employer": FUND_EMPLOYER,
}


def account_record(account: Account, change: Change, on: date, at: datetime, legal_basis: str) -> Record:
    """An account at its version."""
    body = {
        "kind": account.kind,
        "state": account.state,
        "employer": account.employer,
        "employer_name": account.employer_name,
        "base_fen": account.base,
        "employer_rate": account.employer_rate,
        "employee_rate": account.employee_rate,
        "balance_fen": account.balance,
        "since": account.since,
        "sealed_on": account.sealed_on,
        "closed_on": account.closed_on,
        "closed_because": account.closed_because,
        "paid_until": _month(account.paid_until),
        "arrears_fen": account.arrears,
        "interest_until": account.interest_until,
    }
    holder = subject(account.person, "account-holder", account.since, account.closed_on)
    return record(FUND_ACCOUNT, account, change, on, at, legal_basis, [holder], body)


def entry_record(
    entry: Entry, account: Account, change: Change, at: datetime, legal_basis: str, holder: str | None = None
) -> Record:
    """A line of ``account``'s ledger; ``holder``: whose it is while that is not the account's holder."""
    body = {
        "account": entry.account,
        "line": entry.line,
        "kind": entry.kind,
        "direction": "credit" if entry.amount > 0 else "debit",
        "amount_fen": abs(entry.amount),
        "balance_after_fen": entry.balance_after,
        "month": _month(entry.month),
        "value_on": entry.value_on,
        "note": entry.note,
    }
    whose = subject(holder or account.person, "account-holder", entry.value_on, None)
    line = _Line(entry.urn, entry.version, account.authority)
    return record(FUND_ENTRY, line, change, entry.value_on, at, legal_basis, [whose], body)


def loan_record(loan: Loan, change: Change, on: date, at: datetime, legal_basis: str) -> Record:
    """A loan at its version."""
    body = {
        "account": loan.account,
        "state": "active" if loan.repaid_on is None else "repaid",
        "title": loan.title,
        "principal_fen": loan.principal,
        "outstanding_fen": loan.outstanding,
        "annual_rate": loan.annual_rate,
        "months": loan.months,
        "granted_on": loan.granted_on,
        "interest_until": loan.interest_until,
        "repaid_on": loan.repaid_on,
    }
    borrower = subject(loan.person, "borrower", loan.granted_on, loan.repaid_on)
    return record(FUND_LOAN, loan, change, on, at, legal_basis, [borrower], body)


def employer_record(employer: Employer, change: Change, on: date, at: datetime, legal_basis: str) -> Record:
    """An employer at its version: totals, and nobody's account."""
    body = {
        "name": employer.name,
        "uscc": employer.uscc,
        "employer_rate": employer.employer_rate,
        "employee_rate": employer.employee_rate,
        "since": employer.since,
        "employees": employer.employees,
        "paid_fen": employer.paid,
        "paid_until": _month(employer.paid_until),
        "arrears_fen": employer.arrears,
        "arrears_lines": employer.arrears_lines,
    }
    payer = subject(employer.organisation, "employer", employer.since, None)
    return record(FUND_EMPLOYER, employer, change, on, at, legal_basis, [payer], body)


class _Line:
    """A line of a ledger as an entity: its office is the account's."""

    __slots__ = ("authority", "urn", "version")

    def __init__(self, urn: str, version: int, authority: str) -> None:
        self.urn, self.version, self.authority = urn, version, authority


def _month(month: date | None) -> str | None:
    return None if month is None else text_of(month)
