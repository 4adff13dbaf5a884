# Generated from contracts/records/housing/fund-employer.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import Contract, Day, Fen, Name, Uscc
from onewindow_contracts.models.records.housing_fund_account import Month
from pydantic import ConfigDict, Field, StrictInt


class FundEmployer(Contract):
    """
    An organisation that pays contributions for its employees: what it has paid and what it owes, nobody's account.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Name
    uscc: Uscc
    employer_rate: Annotated[StrictInt, Field(ge=0, le=100)]
    employee_rate: Annotated[StrictInt, Field(ge=0, le=100)]
    since: Day
    employees: Annotated[
        StrictInt,
        Field(description="Open accounts that it pays for.", ge=0, le=9007199254740991),
    ]
    paid_fen: Annotated[Fen, Field(description="All contributions so far, both parts.")]
    paid_until: Annotated[
        Month | None, Field(description="The newest month that it paid for.")
    ]
    arrears_fen: Annotated[
        Fen, Field(description="What was due by the statutory day and is not paid.")
    ]
    arrears_lines: Annotated[
        StrictInt,
        Field(
            description="Months of single employees that are in arrears.",
            ge=0,
            le=9007199254740991,
        ),
    ]
