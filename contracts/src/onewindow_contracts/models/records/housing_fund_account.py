# Generated from contracts/records/housing/fund-account.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Fen, Name, Urn
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

Month = TypeAliasType(
    "Month",
    Annotated[
        str,
        Field(
            description="A calendar month, `YYYY-MM`.",
            max_length=7,
            pattern="^[12][0-9]{3}-(0[1-9]|1[0-2])$",
        ),
    ],
)


class FundAccount(Contract):
    """
    A person's account with the housing provident fund; its ledger's lines are records of their own.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["employed", "self-employed"],
        Field(description="Paid for by an employer, or joined by the person alone."),
    ]
    state: Annotated[
        Literal["open", "sealed", "closed"],
        Field(
            description="Open; sealed since the person left the employer; closed for good."
        ),
    ]
    employer: Annotated[
        Urn | None,
        Field(
            description="The employer that pays; null while sealed and for the self-employed."
        ),
    ]
    employer_name: Annotated[
        Name | None, Field(description="The employer that pays or paid last.")
    ]
    base_fen: Annotated[
        Fen,
        Field(
            description="Last year's average monthly wage, capped by the local average."
        ),
    ]
    employer_rate: Annotated[
        StrictInt,
        Field(
            description="Percent of the base; 0 for the self-employed.", ge=0, le=100
        ),
    ]
    employee_rate: Annotated[
        StrictInt, Field(description="Percent of the base.", ge=0, le=100)
    ]
    balance_fen: Annotated[
        Fen, Field(description="The sum of all lines of the ledger; never negative.")
    ]
    since: Day
    sealed_on: Day | None
    closed_on: Day | None
    closed_because: Annotated[
        Literal[
            "retirement", "emigration", "incapacity", "death", "transfer-out", "merged"
        ]
        | None,
        Field(description="Why it was closed; null while it is not."),
    ]
    paid_until: Annotated[
        Month | None,
        Field(description="The newest month that a contribution was paid for."),
    ]
    arrears_fen: Annotated[
        Fen, Field(description="What employers owe to this account.")
    ]
    interest_until: Annotated[
        Day, Field(description="The day up to which interest has been credited.")
    ]
