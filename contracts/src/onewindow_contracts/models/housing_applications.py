# Generated from contracts/openapi/housing/applications.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    Day,
    Fen,
    Introduction,
    Line,
    Name,
    Paragraph,
    Share,
    Uscc,
)
from onewindow_contracts.models.housing import ReleaseNumber
from onewindow_contracts.models.records.housing_title import Ownership, UnitCode
from pydantic import ConfigDict, Field, StrictBool
from typing_extensions import TypeAliasType


class ByNumber(Contract):
    """
    A person or organisation by number and name, as identity checks them; the number is kept nowhere.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    by: Annotated[Literal["number"], Field(description="How it is named.")]
    scheme: Annotated[
        CodeValue, Field(description="The scheme of the number, such as cn-id.")
    ]
    number: Annotated[
        str,
        Field(
            description="The identification number.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z-]+$",
        ),
    ]
    name: Annotated[
        Name,
        Field(
            description="The name that goes with it; kept sealed as the name as registered."
        ),
    ]


class ByIntroduction(Contract):
    """
    A person or organisation by an introduction that identity encrypted for housing.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    by: Annotated[Literal["introduced"], Field(description="How it is named.")]
    introduction: Introduction
    name: Annotated[
        Name,
        Field(description="The name as it is to be registered; the office checks it."),
    ]


OtherParty = TypeAliasType(
    "OtherParty",
    Annotated[
        ByNumber | ByIntroduction,
        Field(
            description="Somebody else, named by a number or an introduction.",
            discriminator="by",
        ),
    ],
)


class Acquirer(Contract):
    """
    Who is to own, and how much of the whole.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    party: OtherParty
    share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title; none in joint ownership. Where nobody's is stated, all are equal."
        ),
    ] = None


class ApplyForTransfer(Contract):
    """
    The whole unit is to pass to others.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cause: Annotated[
        Literal["purchase", "gift", "exchange"], Field(description="Why it passes on.")
    ]
    acquirers: Annotated[
        list[Acquirer],
        Field(
            description="Who is to own; all of them agree.", max_length=20, min_length=1
        ),
    ]
    ownership: Annotated[
        Ownership | None,
        Field(
            description="Unstated means sole for one owner, joint for a family, else by shares."
        ),
    ] = None
    family: Annotated[
        StrictBool,
        Field(
            description="The new owners are a family; decides what an unstated form means."
        ),
    ] = False
    cosigners: Annotated[
        list[OtherParty],
        Field(
            description="Which other owners agree; unstated, those whose consent the law needs are asked.",
            max_length=20,
            validate_default=True,
        ),
    ] = []
    price_fen: Annotated[
        Fen | None, Field(description="The price declared, in fen.")
    ] = None


class ApplyForShareTransfer(Contract):
    """
    The applicant's share, or a part of it, is to pass to others.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cause: Annotated[
        Literal["purchase", "gift", "exchange"], Field(description="Why it passes on.")
    ]
    acquirers: Annotated[
        list[Acquirer],
        Field(
            description="Who is to own; all of them agree.", max_length=20, min_length=1
        ),
    ]
    share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title that is handed over; unstated means all that the applicant has."
        ),
    ] = None
    price_fen: Annotated[
        Fen | None, Field(description="The price declared, in fen.")
    ] = None


class ApplyForMortgage(Contract):
    """
    What the mortgage is to secure.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["ordinary", "maximum"], Field(description="Ordinary or maximum-amount.")
    ]
    mortgagee: Annotated[
        OtherParty, Field(description="The creditor, an organisation.")
    ]
    mortgagee_code: Uscc
    secured_fen: Fen
    debt_from: Day
    debt_until: Day
    no_transfer: Annotated[
        StrictBool,
        Field(description="The parties agreed to forbid or restrict transfer."),
    ]
    cosigners: Annotated[
        list[OtherParty],
        Field(
            description="Which other owners agree; unstated, those whose consent the law needs are asked.",
            max_length=20,
            validate_default=True,
        ),
    ] = []


class ApplyForResidenceRight(Contract):
    """
    Who may live here, and how long.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    resident: OtherParty
    until: Annotated[
        Day | None, Field(description="Last day; unstated means for life.")
    ] = None
    cosigners: Annotated[
        list[OtherParty],
        Field(
            description="Which other owners agree; unstated, those whose consent the law needs are asked.",
            max_length=20,
            validate_default=True,
        ),
    ] = []


class ApplyForAdvanceNotice(Contract):
    """
    Whose future right is to be secured.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    beneficiary: OtherParty
    cosigners: Annotated[
        list[OtherParty],
        Field(
            description="Which other owners agree; unstated, those whose consent the law needs are asked.",
            max_length=20,
            validate_default=True,
        ),
    ] = []


class ApplyForRenaming(Contract):
    """
    The applicant's name as it is now.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Name


class PayLienOff(Contract):
    """
    The mortgagee's word that the debt is paid.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    release_number: ReleaseNumber


class ApplyForInheritance(Contract):
    """
    Who died and who inherits.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    deceased: OtherParty
    own_name: Annotated[
        Name, Field(description="The applicant's name as it is to be registered.")
    ]
    own_share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title; none in joint ownership. Where nobody's is stated, all are equal."
        ),
    ] = None
    heirs: Annotated[
        list[Acquirer],
        Field(
            description="All other heirs; of a joint title the surviving owners too, because the whole result is entered.",
            max_length=20,
            validate_default=True,
        ),
    ] = []
    ownership: Annotated[
        Ownership | None,
        Field(
            description="Unstated means sole for one owner, joint for a family, else by shares."
        ),
    ] = None
    family: Annotated[
        StrictBool,
        Field(
            description="The new owners are a family; decides what an unstated form means."
        ),
    ] = False


class ApplyForJudgment(Contract):
    """
    What a court or arbitration has decided.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    own_name: Annotated[
        Name, Field(description="The applicant's name as it is to be registered.")
    ]
    effective_on: Annotated[Day, Field(description="The day on which it became final.")]
    judgment_number: Annotated[Line, Field(description="Its number.")]


class ObjectToTitle(Contract):
    """
    What is wrong, in the objector's words.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    ground: Annotated[Paragraph, Field(description="Why the register is wrong.")]
