# Generated from contracts/records/housing/fund-loan.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Fen, Urn
from pydantic import ConfigDict, Field, StrictInt


class FundLoan(Contract):
    """
    A loan out of the housing provident fund for a home.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    account: Annotated[
        Urn, Field(description="The borrower's account when the loan was granted.")
    ]
    state: Literal["active", "repaid"]
    title: Annotated[
        Urn | None,
        Field(description="The home that it is for, where the register knows it."),
    ]
    principal_fen: Fen
    outstanding_fen: Annotated[Fen, Field(description="Principal that is still owed.")]
    annual_rate: Annotated[
        str,
        Field(
            description="A part of one, e.g. `0.026`.",
            max_length=10,
            pattern="^0[.][0-9]{1,8}$",
        ),
    ]
    months: Annotated[StrictInt, Field(ge=1, le=1200)]
    granted_on: Day
    interest_until: Annotated[
        Day, Field(description="The day up to which interest has been paid.")
    ]
    repaid_on: Day | None
