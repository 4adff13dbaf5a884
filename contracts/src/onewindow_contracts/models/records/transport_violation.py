# Generated from contracts/records/transport/violation.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    Day,
    Fen,
    Line,
    Paragraph,
    Urn,
)
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

Points = TypeAliasType(
    "Points",
    Annotated[
        StrictInt,
        Field(
            description="Points of one violation; which there are is a dated parameter.",
            ge=0,
            le=12,
        ),
    ],
)


DocumentNumber = TypeAliasType(
    "DocumentNumber",
    Annotated[
        str,
        Field(
            description="Unique among all violations.",
            max_length=30,
            min_length=6,
            pattern="^[0-9A-Z-]{6,30}$",
        ),
    ],
)


ViolationState = TypeAliasType(
    "ViolationState",
    Annotated[
        Literal["recorded", "accepted", "paid", "objected", "annulled"],
        Field(
            description="recorded: somebody must answer; accepted: the points count, the fine is due; paid: settled; objected: another unit decides; annulled: it never counted."
        ),
    ],
)


class ViolationDecision(Contract):
    """
    Why the newest decision was taken and what can be done against it; authority and legal basis stand in the envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph,
        Field(description="Where and until when the decision can be contested."),
    ]


class Violation(Contract):
    """
    A violation of traffic law from the day it was recorded. The vehicle's owner (role owner) and who drove (role driver) are the envelope's subjects; neither is told who the other is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[CodeValue, Field(description="What was done.")]
    points: Annotated[
        Points,
        Field(
            description="Points that it costs the driver, by the rules of the day it happened."
        ),
    ]
    fine_fen: Annotated[
        Fen, Field(description="The fine in fen, by the rules of the day it happened.")
    ]
    vehicle: Annotated[
        Urn | None,
        Field(
            description="The vehicle's record; null for a driver who was stopped in a vehicle that is not kept here."
        ),
    ]
    document: Annotated[
        DocumentNumber, Field(description="The number of the notice or decision.")
    ]
    place: Annotated[Line, Field(description="Where it happened.")]
    unit: Annotated[
        CodeValue,
        Field(
            description="The police unit that recorded it; an objection is decided by another one."
        ),
    ]
    occurred_on: Annotated[
        Day, Field(description="The day it happened; its rules judge it.")
    ]
    recorded_on: Annotated[Day, Field(description="The day it was entered.")]
    respond_by: Annotated[
        Day,
        Field(
            description="Last day to accept it or to object, counted in working days."
        ),
    ]
    state: Annotated[ViolationState, Field(description="How far it is.")]
    accepted_on: Annotated[
        Day | None,
        Field(description="The day from which the points count and the fine is due."),
    ]
    pay_by: Annotated[
        Day | None,
        Field(
            description="Last day to pay without a surcharge, counted in working days."
        ),
    ]
    paid_on: Annotated[Day | None, Field(description="The day of payment.")]
    paid_fen: Annotated[
        Fen | None, Field(description="What was paid in fen, surcharge included.")
    ]
    decision: Annotated[
        ViolationDecision | None,
        Field(
            description="The newest decision of the office; null while none was taken."
        ),
    ]
