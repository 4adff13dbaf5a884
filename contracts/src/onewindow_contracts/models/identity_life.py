# Generated from contracts/openapi/identity/life.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    Day,
    DivisionCode,
    Line,
    Name,
    NamedPerson,
    Pseudonym,
    Urn,
)
from onewindow_contracts.models.identity import Evidence
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType


class AgeQuestion(Contract):
    """
    Whose age, by the pseudonym of the caller's sector.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Pseudonym
    years: Annotated[StrictInt, Field(description="Full years of life.", ge=0, le=150)]
    on: Annotated[Day, Field(description="On which day.")]


class AgeAnswer(Contract):
    """
    Yes or no.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reached: Annotated[
        StrictBool, Field(description="Whether the years are completed on that day.")
    ]


Neighbourhood = TypeAliasType(
    "Neighbourhood",
    Annotated[
        str,
        Field(
            description="Street or community, 9 or 12 digits.", pattern="^[0-9]{9,12}$"
        ),
    ],
)


class StayCommand(Contract):
    """
    Where a person lives whose permanent registration is elsewhere.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Annotated[
        Pseudonym | None,
        Field(description="Named by an office; a citizen registers the own stay."),
    ] = None
    division: Annotated[
        DivisionCode, Field(description="District or county of this city.")
    ]
    neighbourhood: Annotated[
        Neighbourhood | None, Field(description="Street or community, 9 or 12 digits.")
    ] = None
    address: Annotated[Line, Field(description="Below the division.")]
    since: Annotated[
        Day | None,
        Field(
            description="From when, today when left out. Only an office may state an earlier day; a citizen's stay counts from its registration."
        ),
    ] = None


class StayEnd(Contract):
    """
    The person no longer lives here.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ended_on: Annotated[
        Day | None, Field(description="Since when; today when left out.")
    ] = None


class PermitApplication(Contract):
    """
    What the applicant has here besides the stay.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ground: Annotated[
        Literal["job", "home", "schooling"],
        Field(description="A lawful and stable job or home, or continuous schooling."),
    ]
    evidence: Annotated[
        Line,
        Field(
            description="Where it can be seen (contract, title, enrolment); what offices can share is not asked for."
        ),
    ]


class PermitEntry(Contract):
    """
    A residence permit from before.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    ground: Annotated[
        Literal["job", "home", "schooling"],
        Field(description="What it was granted for."),
    ]
    granted_on: Annotated[Day, Field(description="Day of the grant.")]
    endorsed_on: Annotated[
        Day | None,
        Field(
            description="Of the newest endorsement; that of the grant when left out."
        ),
    ] = None


class EndorsementCommand(Contract):
    """
    The holder still lives here on the ground of the permit.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    endorsed_on: Annotated[
        Day | None,
        Field(
            description="Day of the endorsement, stated by an office only; today when left out."
        ),
    ] = None


class CardReplacement(Contract):
    """
    Why the own card is replaced.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Literal["loss", "damage", "renewal"]
    lost_on: Annotated[
        Day | None, Field(description="Of a lost card; today when left out.")
    ] = None


class BirthDeclaration(Contract):
    """
    A child of the applicant.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Name, Field(description="The child's name.")]
    sex: Literal["0", "1", "2", "9"]
    birth_date: Annotated[Day, Field(description="Day of birth.")]
    ethnic_group: Annotated[
        CodeValue, Field(description="One of the parents' (GB/T 3304).")
    ]
    birth_division: Annotated[DivisionCode, Field(description="Where born.")]
    certificate: Annotated[
        Line, Field(description="Number of the medical certificate of birth.")
    ]
    other_parent: Annotated[
        NamedPerson | None, Field(description="The other parent, where there is one.")
    ] = None
    relationship: Annotated[
        CodeValue,
        Field(description="The child's, to the head of the register (GB/T 4761)."),
    ]
    register_: Annotated[
        Literal["mine", "other-parent"],
        Field(alias="register", description="At whose register the child is entered."),
    ]


class NameChangeRequest(Contract):
    """
    Another name.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Name, Field(description="The new name.")]
    reason: Annotated[Line, Field(description="Why.")]


class MarriageApplication(Contract):
    """
    With whom.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    spouse: NamedPerson


class DivorceApplication(Contract):
    """
    Which marriage; both have settled children, property and debts by agreement.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    marriage: Urn


class AdoptionCommand(Contract):
    """
    An adoption, by one person or a married couple.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    child: Pseudonym
    adopters: Annotated[list[Pseudonym], Field(max_length=2, min_length=1)]
    adopted_on: Annotated[
        Day | None, Field(description="Day of registration; today when left out.")
    ] = None
    evidence: Annotated[
        list[Evidence],
        Field(description="What the officer saw.", max_length=20, min_length=1),
    ]
