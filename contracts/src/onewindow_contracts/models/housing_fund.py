# Generated from contracts/openapi/housing/fund.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    CodeValue,
    Contract,
    ContractName,
    CursorText,
    Day,
    Instant,
    Introduction,
    LegalBasis,
    Line,
    Name,
    NamedPerson,
    Pseudonym,
    Share,
    Subject,
    Urn,
    Uscc,
    Version,
)
from onewindow_contracts.models.housing import ImportedFen
from onewindow_contracts.models.records.housing_fund_account import FundAccount, Month
from onewindow_contracts.models.records.housing_fund_employer import FundEmployer
from onewindow_contracts.models.records.housing_fund_entry import FundEntry
from onewindow_contracts.models.records.housing_fund_loan import FundLoan
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType


class FundEmployerRecord(Contract):
    """
    An employer at one version.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: FundEmployer


class FundAccountRecord(Contract):
    """
    An account at one version.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: FundAccount


class FundEntryRecord(Contract):
    """
    A line of a ledger.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: FundEntry


class FundLoanRecord(Contract):
    """
    A loan at one version.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: FundLoan


class FundAccountList(Contract):
    """
    A person's accounts, the newest first.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[FundAccountRecord], Field(max_length=200)]


class FundEntryPage(Contract):
    """
    Some lines and where to go on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[FundEntryRecord], Field(max_length=200)]
    next: Annotated[
        CursorText | None, Field(description="Pass it on as `cursor`; null at the end.")
    ]


FundRate = TypeAliasType(
    "FundRate",
    Annotated[
        StrictInt,
        Field(
            description="Percent of the base; which rates the law admits stands in parameters.",
            ge=0,
            le=100,
        ),
    ],
)


class EnrolEmployer(Contract):
    """
    Who is to pay, and at which rates.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    organisation: Annotated[
        Pseudonym, Field(description="The organisation's housing pseudonym.")
    ]
    name: Name
    uscc: Uscc
    employer_rate: FundRate
    employee_rate: FundRate
    since: Annotated[Day, Field(description="From when it pays.")]
    legal_basis: LegalBasis


class SetFundRates(Contract):
    """
    The new rates.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    employer_rate: FundRate
    employee_rate: FundRate


Wage = TypeAliasType(
    "Wage",
    Annotated[
        StrictInt,
        Field(
            description="Last year's average monthly wage in fen; the base is this, capped by the local average.",
            ge=1,
            le=9007199254740991,
        ),
    ],
)


class EnrolEmployee(Contract):
    """
    Whom the employer pays for from now on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: NamedPerson
    average_wage_fen: Wage
    since: Annotated[Day, Field(description="First day of the employment.")]


class ReportDeparture(Contract):
    """
    Who has left.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: NamedPerson
    left_on: Annotated[Day, Field(description="Last day of the employment.")]


PositiveFen = TypeAliasType(
    "PositiveFen",
    Annotated[
        StrictInt,
        Field(description="Money in fen, more than none.", ge=1, le=9007199254740991),
    ],
)


class JoinAsSelfEmployed(Contract):
    """
    On which income, at which rate.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    average_income_fen: Wage
    rate: FundRate


class FindFundAccounts(Contract):
    """
    Whose accounts.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Annotated[Pseudonym, Field(description="The person's housing pseudonym.")]


class PayOwnContribution(Contract):
    """
    Which month.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    month: Annotated[Month, Field(description="The month that is paid for.")]
    amount_fen: Annotated[PositiveFen, Field(description="Both parts together.")]


FundReason = TypeAliasType(
    "FundReason",
    Annotated[
        Literal[
            "purchase",
            "building",
            "rent",
            "loan-repayment",
            "retirement",
            "emigration",
            "incapacity",
            "renovation",
            "property-fees",
        ],
        Field(description="Which of them are in force on a day is a parameter."),
    ],
)


class ApplyForWithdrawal(Contract):
    """
    How much and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: FundReason
    amount_fen: Annotated[
        PositiveFen | None,
        Field(
            description="How much; not stated where the reason closes the account, which then pays out all."
        ),
    ] = None
    evidence: Annotated[
        Line | None,
        Field(
            description="Issuer and number of the paper, for what no register here knows."
        ),
    ] = None
    monthly_rent_fen: Annotated[
        PositiveFen | None,
        Field(description="For rent, as long as the law compares it with the income."),
    ] = None
    monthly_income_fen: Annotated[
        PositiveFen | None, Field(description="The household's income from wages.")
    ] = None


class ApplyForLoan(Contract):
    """
    How much and for how long.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    amount_fen: Annotated[PositiveFen, Field(description="Both parts together.")]
    months: Annotated[StrictInt, Field(description="Term.", ge=1, le=1200)]
    evidence: Annotated[
        Line | None,
        Field(
            description="Issuer and number of the paper, for what no register here knows."
        ),
    ] = None


class RepayLoan(Contract):
    """
    How much, and from where.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    amount_fen: Annotated[PositiveFen, Field(description="Both parts together.")]
    from_account: Annotated[
        StrictBool,
        Field(
            description="Out of the borrower's own account; else the payment has been received."
        ),
    ]


CertificateNumber = TypeAliasType(
    "CertificateNumber",
    Annotated[
        str,
        Field(
            description="The number of a transfer's certificate, unique in the country.",
            max_length=40,
            min_length=8,
            pattern="^[0-9A-Z-]+$",
        ),
    ],
)


class TransferFundOut(Contract):
    """
    Where to.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    centre: Annotated[Name, Field(description="The other city's fund.")]
    certificate_number: CertificateNumber
    legal_basis: LegalBasis


class TakeFundIn(Contract):
    """
    What came from where.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    centre: Annotated[Name, Field(description="The other city's fund.")]
    certificate_number: CertificateNumber
    amount_fen: Annotated[PositiveFen, Field(description="Both parts together.")]
    legal_basis: LegalBasis


class CorrectFundLedger(Contract):
    """
    What makes it good.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    direction: Annotated[
        Literal["credit", "debit"], Field(description="Into the account or out of it.")
    ]
    amount_fen: Annotated[PositiveFen, Field(description="Both parts together.")]
    reason: Annotated[
        Line,
        Field(description="Which line was wrong and why; the account holder reads it."),
    ]
    legal_basis: LegalBasis


class FundHeir(Contract):
    """
    Who gets which part.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Annotated[Pseudonym, Field(description="The person's housing pseudonym.")]
    share: Share


class OpenFundInheritance(Contract):
    """
    Whose account and who the heirs are.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    deceased: Annotated[Pseudonym, Field(description="The person's housing pseudonym.")]
    heirs: Annotated[
        list[FundHeir],
        Field(
            description="All heirs; their parts sum to one. The first is the applicant, the others must agree.",
            max_length=50,
            min_length=1,
        ),
    ]
    evidence: Annotated[Line, Field(description="The notary's or the court's paper.")]


class AskContributionMonths(Contract):
    """
    Whose months, until when.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Introduction
    until: Annotated[Day, Field(description="The day as of which to count.")]


class ContributionMonths(Contract):
    """
    A number and nothing else.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    months: Annotated[
        StrictInt, Field(description="Months without a gap.", ge=0, le=10000)
    ]


class ImportedContribution(Contract):
    """
    One line of an employer's list, one employee and one month. Numbers are exchanged for pseudonyms and stand in no table.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    employer_code: Uscc
    scheme: Annotated[
        CodeValue | None,
        Field(description="Identification scheme, cn-id when not stated."),
    ] = None
    number: Annotated[
        str,
        Field(
            description="The employee's number.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z-]+$",
        ),
    ]
    month: Annotated[Month, Field(description="The month that is paid for.")]
    amount_fen: Annotated[ImportedFen, Field(description="Both parts together.")]
    average_wage_fen: Annotated[
        ImportedFen | None,
        Field(
            description="Last year's average monthly wage; opens the account of a new employee and sets the base from this month on."
        ),
    ] = None
    paid_on: Annotated[
        Day | None,
        Field(
            description="When the money was received, for lists that are taken over; the day of the import when not stated."
        ),
    ] = None


class ContributionLine(Contract):
    """
    One employee's contribution for one month.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[CodeValue, Field(description="Identification scheme.")] = "cn-id"
    number: Annotated[
        str,
        Field(
            description="The employee's number.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z-]+$",
        ),
    ]
    amount_fen: Annotated[PositiveFen, Field(description="Both parts together.")]


class Contribute(Contract):
    """
    A month's list.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    month: Annotated[Month, Field(description="The month that is paid for.")]
    lines: Annotated[
        list[ContributionLine],
        Field(
            description="Each employee once. Longer lists go through the import command.",
            max_length=1000,
            min_length=1,
        ),
    ]
