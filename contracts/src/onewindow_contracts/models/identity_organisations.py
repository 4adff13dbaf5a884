# Generated from contracts/openapi/identity/organisations.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    Contract,
    Day,
    Line,
    Paragraph,
    Pseudonym,
    Sector,
    Urn,
    Uscc,
    Version,
)
from onewindow_contracts.models.records.identity_organisation import Organisation
from onewindow_contracts.models.records.identity_representation import Representation
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType


class OrganisationCommand(Contract):
    """
    An organisation as its certificate says.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Line, Field(description="As registered.")]
    uscc: Annotated[Uscc, Field(description="With its check digit.")]
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
    registered_on: Annotated[Day | None, Field(description="Today when left out.")] = (
        None
    )
    legal_representative: Annotated[
        Pseudonym | None,
        Field(
            description="The identity pseudonym of the person who represents it by statute."
        ),
    ] = None


class OrganisationLookup(Contract):
    """
    A code read from a certificate.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    uscc: Annotated[Uscc, Field(description="With its check digit.")]


class OrganisationVariation(Contract):
    """
    What changes, and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Line | None, Field(description="The new name.")] = None
    kind: Annotated[
        Literal[
            "enterprise",
            "individual-business",
            "institution",
            "state-organ",
            "social-organisation",
            "other",
        ]
        | None,
        Field(description="The new kind."),
    ] = None
    effective_on: Annotated[Day | None, Field(description="Today when left out.")] = (
        None
    )
    reason: Annotated[Paragraph, Field(description="Why.")]


class Dissolution(Contract):
    """
    The end of an organisation.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    dissolved_on: Annotated[Day, Field(description="Day in law.")]
    reason: Annotated[Paragraph, Field(description="Why.")]


Powers = TypeAliasType(
    "Powers",
    Annotated[
        list[Literal["read", "act"]],
        Field(
            description="Of an agent; both when left out. A legal representative has both.",
            max_length=2,
            min_length=1,
        ),
    ],
)


class Appointment(Contract):
    """
    Who represents an organisation, and how far.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Annotated[
        Pseudonym, Field(description="The identity pseudonym of a natural person.")
    ]
    capacity: Annotated[
        Literal["legal-representative", "agent"],
        Field(description="By statute or by authorisation."),
    ]
    powers: Annotated[
        Powers | None,
        Field(
            description="Of an agent; both when left out. A legal representative has both."
        ),
    ] = None
    since: Annotated[Day | None, Field(description="Today when left out.")] = None
    until: Annotated[
        Day | None,
        Field(
            description="First day on which an agent's term is over; without a term when left out."
        ),
    ] = None


class RepresentationEnd(Contract):
    """
    Since when no longer, and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ended_on: Annotated[
        Day | None,
        Field(
            description="Today when left out; a representative who resigns leaves it out."
        ),
    ] = None
    reason: Annotated[Paragraph, Field(description="Why.")]


class RepresentationFile(Contract):
    """
    A representation as the register keeps it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    organisation: Pseudonym
    person: Pseudonym
    body: Representation


class OrganisationFile(Contract):
    """
    An organisation and the representations in force.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    organisation: Pseudonym
    urn: Urn
    version: Version
    body: Organisation
    representations: Annotated[list[RepresentationFile], Field(max_length=200)]


class OwnIntroduction(Contract):
    """
    To whom.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    receiver: Annotated[
        Sector,
        Field(
            description="The sector of the department that will open it: housing or transport here."
        ),
    ]


RepresentativeNumber = TypeAliasType(
    "RepresentativeNumber",
    Annotated[
        str,
        Field(
            description="Citizen number of the legal representative, who is known already.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ],
)


class OrganisationRow(Contract):
    """
    A line of a file of organisations.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    uscc: Annotated[Uscc, Field(description="With its check digit.")]
    name: Annotated[Line, Field(description="As registered.")]
    kind: Annotated[
        Literal[
            "enterprise",
            "individual-business",
            "institution",
            "state-organ",
            "social-organisation",
            "other",
        ]
        | None,
        Field(description="An enterprise when left out."),
    ]
    registered_on: Annotated[Day | None, Field(description="Today when left out.")]
    representative_number: Annotated[
        RepresentativeNumber | None,
        Field(
            description="Citizen number of the legal representative, who is known already."
        ),
    ]
    representative_since: Annotated[
        Day | None, Field(description="The day of registration when left out.")
    ]
