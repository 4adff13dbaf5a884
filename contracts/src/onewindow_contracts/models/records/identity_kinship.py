# Generated from contracts/records/identity/kinship.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day
from pydantic import ConfigDict, Field


class Kinship(Contract):
    """
    Parentage, marriage or guardianship between two persons; each sees it with the own role and never the other’s name.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["parentage", "marriage", "guardianship"],
        Field(description="What joins the two."),
    ]
    basis: Annotated[
        Literal[
            "birth",
            "adoption",
            "acknowledgement",
            "marriage",
            "law",
            "appointment",
            "import",
        ],
        Field(description="What established it."),
    ]
    state: Annotated[
        Literal["in-force", "ended"], Field(description="Whether it is in force.")
    ]
    since: Annotated[Day, Field(description="Since when in law.")]
    ended_on: Annotated[
        Day | None, Field(description="Since when no longer, null while in force.")
    ]
    ending: Annotated[
        Literal[
            "divorce",
            "judgment",
            "annulment",
            "majority",
            "adoption",
            "death",
            "decision",
        ]
        | None,
        Field(description="What ended it, null while in force."),
    ] = None
