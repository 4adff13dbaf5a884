# Generated from contracts/records/housing/mortgage.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Fen, Line, Name, Urn, Uscc
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field, StrictBool, StrictInt


class Mortgage(Contract):
    """
    A mortgage on one real-estate unit. It follows the unit: its subjects (role mortgagor) are always the title's present owners.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The mortgaged title.")]
    unit_code: UnitCode
    kind: Annotated[
        Literal["ordinary", "maximum"],
        Field(
            description="Ordinary, or a maximum-amount mortgage for debts of a period (Civil Code 420)."
        ),
    ]
    mortgagee_name: Annotated[Name, Field(description="The creditor, an organisation.")]
    mortgagee_code: Uscc
    secured_fen: Annotated[
        Fen,
        Field(
            description="The secured amount; for a maximum-amount mortgage its ceiling."
        ),
    ]
    debt_from: Annotated[Day, Field(description="First day of the debt's term.")]
    debt_until: Annotated[Day, Field(description="Last day of the debt's term.")]
    no_transfer: Annotated[
        StrictBool,
        Field(
            description="A clause that forbids or restricts transfer is registered: a transfer needs the mortgagee's consent."
        ),
    ]
    certificate_number: Annotated[
        Line, Field(description="The number of the certificate of entry.")
    ]
    rank: Annotated[
        StrictInt,
        Field(
            description="The order of entry among the mortgages on this title.",
            ge=1,
            le=1000,
        ),
    ]
    registered_on: Annotated[Day, Field(description="The day of entry.")]
    released_on: Annotated[
        Day | None,
        Field(
            description="The day on which the mortgagee declared the debt paid; from then the owner can apply for cancellation."
        ),
    ]
    ended_on: Annotated[
        Day | None, Field(description="The day of cancellation; null while in force.")
    ]
