# Generated from contracts/records/transport/plate-quota.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Urn
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

PlateQuotaState = TypeAliasType(
    "PlateQuotaState",
    Annotated[
        Literal["live", "used", "forfeited", "returned"],
        Field(description="Whether a car can still be registered under it."),
    ],
)


class PlateQuota(Contract):
    """
    The right to register one car, won in the lottery. The holder is the envelope's subject (role holder).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    lottery: Urn
    entry: Urn
    state: PlateQuotaState
    valid_from: Annotated[Day, Field(description="First day.")]
    valid_until: Annotated[
        Day, Field(description="Last day on which a car can be registered under it.")
    ]
    vehicle: Annotated[
        Urn | None,
        Field(description="The car that it was used for; null while it was not."),
    ]
    barred_until: Annotated[
        Day | None,
        Field(description="Last day of the bar after a forfeit; null without."),
    ]
