# Generated from contracts/records/oversight/matter-transport.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import AuthorityId, Contract, Day, Introduction, Urn
from pydantic import ConfigDict, Field, StrictBool, StrictInt


class MatterTransport(Contract):
    """
    An open question or dispute against an office of the transport sector, so that it decides nothing against that person unseen.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[Literal["question", "dispute"], Field(description="What it is.")]
    authority: Annotated[
        AuthorityId, Field(description="The office that it is against.")
    ]
    state: Annotated[
        Literal["open", "closed"], Field(description="Whether it is open.")
    ]
    due: Annotated[
        Day,
        Field(
            description="Last day for the office, or after an escalation for the supervisor."
        ),
    ]
    reminders: Annotated[
        StrictInt,
        Field(description="How often the office was reminded.", ge=0, le=1000),
    ]
    escalated: Annotated[
        StrictBool, Field(description="Whether the supervisor sees to it.")
    ]
    introduction: Annotated[
        Introduction,
        Field(
            description="Who asks or disputes, as identity introduced them to this sector; valid at the moment at which the record was made."
        ),
    ]
    about: Annotated[
        Urn | None,
        Field(
            description="The record that is disputed, so that it is marked wherever its office shows it; null for a question."
        ),
    ]
