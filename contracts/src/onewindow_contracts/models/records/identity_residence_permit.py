# Generated from contracts/records/identity/residence-permit.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, DivisionCode
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

Neighbourhood = TypeAliasType(
    "Neighbourhood",
    Annotated[
        str,
        Field(
            description="Street or community (statistical code of 9 or 12 digits), null where not entered.",
            pattern="^[0-9]{9,12}$",
        ),
    ],
)


class ResidencePermit(Contract):
    """
    A residence permit: granted after half a year of registered stay, endorsed every year.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    state: Annotated[
        Literal["valid", "suspended", "ended"],
        Field(
            description="Suspended when its endorsement is late; endorsing revives it."
        ),
    ]
    division: Annotated[
        DivisionCode, Field(description="District or county (GB/T 2260) of the stay.")
    ]
    neighbourhood: Annotated[
        Neighbourhood | None,
        Field(
            description="Street or community (statistical code of 9 or 12 digits), null where not entered."
        ),
    ]
    ground: Annotated[
        Literal["job", "home", "schooling"],
        Field(description="What it was granted for."),
    ]
    granted_on: Annotated[Day, Field(description="Day of the grant.")]
    counted_from: Annotated[
        Day,
        Field(
            description="Day from which years of residence are counted; a late endorsement starts the count anew."
        ),
    ]
    endorsed_on: Annotated[
        Day,
        Field(description="Day of the newest endorsement; that of the grant at first."),
    ]
    endorse_by: Annotated[Day, Field(description="Last day for the next endorsement.")]
    suspended_on: Annotated[
        Day | None,
        Field(description="Since when its use is suspended, null otherwise."),
    ]
    ended_on: Annotated[
        Day | None, Field(description="Since when it has ended, null otherwise.")
    ]
