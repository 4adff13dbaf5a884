# Generated from contracts/records/housing/fund-entry.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Fen, Line, Urn
from onewindow_contracts.models.records.housing_fund_account import Month
from pydantic import ConfigDict, Field, StrictInt


class FundEntry(Contract):
    """
    One line of an account's ledger. Lines never change; a wrong one is followed by a correction.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    account: Annotated[
        Urn, Field(description="The account in whose ledger the line stands.")
    ]
    line: Annotated[
        StrictInt,
        Field(
            description="1, 2, 3 without gaps within the ledger.", ge=1, le=2147483647
        ),
    ]
    kind: Annotated[
        Literal[
            "contribution",
            "interest",
            "withdrawal",
            "transfer-in",
            "transfer-out",
            "loan-repayment",
            "correction",
            "death",
        ],
        Field(description="Why the money moved."),
    ]
    direction: Annotated[
        Literal["credit", "debit"], Field(description="Into the account or out of it.")
    ]
    amount_fen: Fen
    balance_after_fen: Annotated[
        Fen, Field(description="The account's balance once this line was entered.")
    ]
    month: Annotated[
        Month | None, Field(description="The month that a contribution is for.")
    ]
    value_on: Annotated[
        Day, Field(description="From this day the amount counts for interest.")
    ]
    note: Annotated[
        Line | None,
        Field(
            description="The reason of a withdrawal, the other centre of a transfer, why it was corrected."
        ),
    ]
