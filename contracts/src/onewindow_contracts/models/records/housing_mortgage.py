# Generated from contracts/records/housing/mortgage.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from onewindow_contracts.common import Contract
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

Urn = TypeAliasType(
    "Urn",
    Annotated[
        str,
        Field(
            description="Names one record for ever, `urn:onewindow:<authority>:<record-type>:<random id>`.",
            max_length=160,
            pattern="^urn:onewindow:[a-z][a-z0-9-]{0,30}[.][a-z][a-z0-9-]{0,40}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22}$",
        ),
    ],
)


Name = TypeAliasType(
    "Name",
    Annotated[
        str,
        Field(
            description="The name of a person or an organisation, without control characters.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


Uscc = TypeAliasType(
    "Uscc",
    Annotated[
        str,
        Field(
            description="Unified social credit code of an organisation (GB 32100), check digit included.",
            max_length=18,
            pattern="^[0-9]{8}[0-9A-HJ-NP-RTUW-Y]{10}$",
        ),
    ],
)


Fen = TypeAliasType(
    "Fen",
    Annotated[
        StrictInt,
        Field(
            description="Money in fen (CNY / 100); an integer that every JSON reader keeps exactly.",
            ge=0,
            le=9007199254740991,
        ),
    ],
)


Day = TypeAliasType(
    "Day",
    Annotated[
        date,
        Field(description="A calendar day as the law means it, without a time zone."),
    ],
)


Line = TypeAliasType(
    "Line",
    Annotated[
        str,
        Field(
            description="One line of text, without control characters.",
            max_length=200,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


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
