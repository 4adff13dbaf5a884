# Generated from contracts/records/identity/organisation.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Line, Uscc
from pydantic import ConfigDict, Field


class Organisation(Contract):
    """
    An organisation with a unified social credit code (GB 32100): it owns, employs and is a party as persons are, and acts through those who represent it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Line, Field(description="As registered.")]
    uscc: Annotated[
        Uscc, Field(description="Unified social credit code with its check digit.")
    ]
    kind: Annotated[
        Literal[
            "enterprise",
            "individual-business",
            "institution",
            "state-organ",
            "social-organisation",
            "other",
        ],
        Field(description="What it is."),
    ]
    state: Annotated[
        Literal["registered", "dissolved"], Field(description="Whether it exists.")
    ]
    registered_on: Annotated[Day, Field(description="Day of its registration.")]
    dissolved_on: Annotated[
        Day | None, Field(description="Day on which it ended, null while it exists.")
    ]
