# Generated from contracts/records/identity/move.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import CodeValue, Contract, Day, DivisionCode, Line
from pydantic import ConfigDict, Field


class Move(Contract):
    """
    A move between registers in its three steps; the mover sees how far it is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    step: Annotated[
        Literal[
            "requested",
            "permitted",
            "in-transit",
            "completed",
            "expired",
            "refused",
            "withdrawn",
        ],
        Field(description="Where the move stands."),
    ]
    from_division: Annotated[DivisionCode, Field(description="Losing division.")]
    to_division: Annotated[DivisionCode, Field(description="Receiving division.")]
    reason: Annotated[CodeValue, Field(description="Why the person moves.")]
    requested_on: Annotated[Day, Field(description="Day of the application.")]
    permitted_on: Annotated[Day | None, Field(description="Day of the permission.")]
    certified_on: Annotated[
        Day | None, Field(description="Day of the move-out certificate.")
    ]
    certificate_until: Annotated[
        Day | None, Field(description="Last day on which the certificate is good.")
    ]
    ended_on: Annotated[
        Day | None, Field(description="Day of arrival, expiry, refusal or withdrawal.")
    ]
    decide_by: Annotated[
        Day | None,
        Field(
            description="Last day for the office to decide, counted in working days; null for what was permitted at once."
        ),
    ] = None
    decided_reason: Annotated[
        Line | None,
        Field(description="Why the office decided as it did; null while it has not."),
    ] = None
    remedy: Annotated[
        Line | None,
        Field(description="What can be done against a refusal; null otherwise."),
    ] = None
