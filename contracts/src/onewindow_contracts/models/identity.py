# Generated from contracts/openapi/identity.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    CursorText,
    Day,
    DivisionCode,
    Envelope,
    Id,
    Introduction,
    Line,
    Name,
    Pseudonym,
    Sector,
    Urn,
    Version,
)
from onewindow_contracts.models.records.identity_household import Household
from onewindow_contracts.models.records.identity_household_registration import (
    HouseholdRegistration,
)
from onewindow_contracts.models.records.identity_identification import Identification
from onewindow_contracts.models.records.identity_identity_card import IdentityCard
from onewindow_contracts.models.records.identity_kinship import Kinship
from onewindow_contracts.models.records.identity_move import Move
from onewindow_contracts.models.records.identity_person import Person
from onewindow_contracts.models.records.identity_residence_permit import ResidencePermit
from onewindow_contracts.models.records.identity_stay import Stay
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType


class Evidence(Contract):
    """
    A paper that an officer saw; kept sealed in identity.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[CodeValue, Field(description="Kind of evidence.")]
    reference: Annotated[Line, Field(description="Its number, or where it is filed.")]
    issued_on: Annotated[Day | None, Field(description="Its date.")] = None


class RelationshipStatement(Contract):
    """
    A member’s relationship to the head.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    relationship: Annotated[
        CodeValue, Field(description="To the head (GB/T 4761; 02 is the head).")
    ]


class BirthCommand(Contract):
    """
    A birth, declared at either parent’s register.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Name
    sex: Annotated[Literal["0", "1", "2", "9"], Field(description="GB/T 2261.1.")]
    birth_date: Annotated[Day, Field(description="Day of birth.")]
    ethnic_group: Annotated[CodeValue, Field(description="GB/T 3304.")]
    birth_division: Annotated[
        DivisionCode, Field(description="Where the child was born.")
    ]
    mother: Annotated[
        Pseudonym | None, Field(description="The mother’s identity pseudonym.")
    ] = None
    father: Annotated[
        Pseudonym | None,
        Field(
            description="The father’s identity pseudonym; at least one parent is named."
        ),
    ] = None
    household: Annotated[
        Urn, Field(description="A register in which a named parent is registered.")
    ]
    relationship: Annotated[
        CodeValue, Field(description="To the head (GB/T 4761; 02 is the head).")
    ]
    certificate: Annotated[
        Line, Field(description="Number of the medical certificate of birth.")
    ]
    declared_on: Annotated[
        Day | None, Field(description="Day of the declaration; today when left out.")
    ] = None


class LateRegistrationCommand(Contract):
    """
    The registration of a person without papers. Names a known person when it restores one.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    category: Annotated[CodeValue, Field(description="Why there are no papers.")]
    evidence: Annotated[
        list[Evidence],
        Field(description="What the officer saw.", max_length=20, min_length=1),
    ]
    person: Annotated[
        Pseudonym | None,
        Field(
            description="A person whom the register knows and who is restored; the entries below must then agree."
        ),
    ] = None
    name: Name
    sex: Annotated[Literal["0", "1", "2", "9"], Field(description="GB/T 2261.1.")]
    birth_date: Annotated[Day, Field(description="Day of birth as established.")]
    ethnic_group: Annotated[CodeValue, Field(description="GB/T 3304.")]
    birth_division: Annotated[
        DivisionCode | None, Field(description="Where born, if known.")
    ] = None
    household: Annotated[Urn | None, Field(description="The register to enter.")] = None
    relationship: Annotated[
        CodeValue | None, Field(description="To the head (GB/T 4761; 02 is the head).")
    ] = None
    division: Annotated[
        DivisionCode | None,
        Field(
            description="Where no household is named: the division whose community register takes the person."
        ),
    ] = None


class AdmissionCommand(Contract):
    """
    A person without a registration here becomes known: registered elsewhere, or foreign.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Name
    sex: Annotated[Literal["0", "1", "2", "9"], Field(description="GB/T 2261.1.")]
    birth_date: Annotated[Day, Field(description="Day of birth.")]
    ethnic_group: Annotated[CodeValue | None, Field(description="GB/T 3304.")] = None
    birth_division: Annotated[
        DivisionCode | None, Field(description="Where born, if in the country.")
    ] = None
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    number: Annotated[
        str,
        Field(
            description="The number as written on the document.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ]
    standing: Annotated[
        Literal["elsewhere", "foreign"],
        Field(description="Why there is no registration here."),
    ]


class PersonLookup(Contract):
    """
    A number that an officer reads from a document.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    number: Annotated[
        str,
        Field(
            description="The number as written on the document.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ]


class PersonName(Contract):
    """
    A number and a name that belong together.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    number: Annotated[
        str,
        Field(
            description="The number as written on the document.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ]
    name: Name


BankCard = TypeAliasType(
    "BankCard",
    Annotated[
        str,
        Field(
            description="A bank card in the person’s name raises the assurance.",
            pattern="^[0-9]{12,19}$",
        ),
    ],
)


class RealNameCheck(Contract):
    """
    What a person claims.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    number: Annotated[
        str,
        Field(
            description="The number as written on the document.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ]
    name: Name
    bank_card: Annotated[
        BankCard | None,
        Field(description="A bank card in the person’s name raises the assurance."),
    ] = None


class RealNameResult(Contract):
    """
    Unknown and wrong look the same.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    verified: StrictBool
    assurance: Annotated[
        Literal["none", "basic", "substantial"],
        Field(description="basic: number and name; substantial: and a bank card."),
    ]


class VariationCommand(Contract):
    """
    A change of name.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Name, Field(description="The new name.")]
    reason: Annotated[Line, Field(description="On what ground.")]
    effective_on: Annotated[
        Day | None, Field(description="Since when; today when left out.")
    ] = None


class CorrectionProposal(Contract):
    """
    An entry that was wrong from the start.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    field: Annotated[
        Literal["name", "sex", "birth_date", "ethnic_group"],
        Field(description="Which entry."),
    ]
    value: Annotated[
        Line, Field(description="The right entry, written as the person record has it.")
    ]
    evidence: Annotated[
        list[Evidence],
        Field(description="What the officer saw.", max_length=20, min_length=1),
    ]


class CorrectionDecision(Contract):
    """
    The second officer’s decision.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    grounds: Annotated[Line, Field(description="On what ground.")]


class Correction(Contract):
    """
    A proposed correction and what became of it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Id
    person: Pseudonym
    field: Literal["name", "sex", "birth_date", "ethnic_group"]
    state: Literal["proposed", "confirmed", "refused"]
    proposed_on: Annotated[Day, Field(description="Day of the proposal.")]
    decided_on: Annotated[Day | None, Field(description="Day of the decision.")]


Relationships = TypeAliasType(
    "Relationships",
    Annotated[
        list[RelationshipStatement],
        Field(
            description="The remaining members’ codes towards the new head; who is left out has to be stated later.",
            max_length=200,
            min_length=0,
        ),
    ],
)


class DeathCommand(Contract):
    """
    A death; ends the registration and tells the sectors.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    died_on: Annotated[Day, Field(description="Day of death.")]
    evidence: Annotated[
        list[Evidence],
        Field(description="What the officer saw.", max_length=20, min_length=1),
    ]
    new_head: Annotated[
        Pseudonym | None,
        Field(description="Where the dead was head and others remain."),
    ] = None
    relationships: Annotated[
        Relationships | None,
        Field(
            description="The remaining members’ codes towards the new head; who is left out has to be stated later."
        ),
    ] = None


class DepartureCommand(Contract):
    """
    A registration ends for a stated reason other than death and move.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    standing: Annotated[
        Literal["serving", "settled-abroad", "unregistered"],
        Field(description="The stated reason."),
    ]
    left_on: Annotated[Day, Field(description="Since when.")]
    reason: Annotated[Line, Field(description="On what ground.")]
    new_head: Annotated[
        Pseudonym | None,
        Field(description="Where the departing was head and others remain."),
    ] = None
    relationships: Annotated[
        Relationships | None,
        Field(
            description="The remaining members’ codes towards the new head; who is left out has to be stated later."
        ),
    ] = None


class EntryCommand(Contract):
    """
    A person without a registration enters a register (a return from service or abroad, or an admission made permanent).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    household: Urn
    relationship: Annotated[
        CodeValue, Field(description="To the head (GB/T 4761; 02 is the head).")
    ]
    reason: Annotated[Line, Field(description="On what ground.")]
    entered_on: Annotated[
        Day | None, Field(description="Since when; today when left out.")
    ] = None


Number = TypeAliasType(
    "Number",
    Annotated[
        str,
        Field(
            description="The number as written on the document.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ],
)


class NumberCommand(Contract):
    """
    A number for a person: assigned here, or entered from a document.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    number: Annotated[
        Number | None,
        Field(description="Left out for a scheme whose numbers are assigned here."),
    ] = None
    division: Annotated[
        DivisionCode | None,
        Field(
            description="The prefix of an assigned number; that of the registration when left out."
        ),
    ] = None
    reason: Annotated[Line, Field(description="On what ground.")]


class ConflictClaim(Contract):
    """
    A person who claims the number.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    identification: Urn
    state: Literal["current", "contested", "superseded"]


class NumberConflict(Contract):
    """
    Two persons, one number.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Id
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    state: Literal["open", "decided"]
    claims: Annotated[list[ConflictClaim], Field(max_length=10, min_length=0)]
    opened_on: Annotated[Day, Field(description="Since when.")]
    decided_on: Annotated[Day | None, Field(description="Day of the decision.")]


class NumberConflictPage(Contract):
    """
    A page of conflicts.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[NumberConflict], Field(max_length=200, min_length=0)]
    next: CursorText | None


class ConflictDecision(Contract):
    """
    Who keeps the number; the other gets a new one.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    keeps: Pseudonym
    grounds: Annotated[Line, Field(description="On what ground.")]


Neighbourhood = TypeAliasType(
    "Neighbourhood",
    Annotated[
        str,
        Field(
            description="Street or community, 9 or 12 digits.", pattern="^[0-9]{9,12}$"
        ),
    ],
)


class HouseholdPlace(Contract):
    """
    Where a register is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["family", "collective"]
    division: Annotated[DivisionCode, Field(description="District or county.")]
    neighbourhood: Annotated[
        Neighbourhood | None, Field(description="Street or community, 9 or 12 digits.")
    ] = None
    address: Annotated[Line, Field(description="Address below the division.")]


class HouseholdCommand(Contract):
    """
    A new household register.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    place: HouseholdPlace
    head: Annotated[
        Pseudonym | None,
        Field(
            description="The first member of a family register; a person without a registration."
        ),
    ] = None
    opened_on: Annotated[
        Day | None, Field(description="Since when; today when left out.")
    ] = None


class HouseholdMember(Contract):
    """
    A member of a register.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    registration: Urn
    relationship: Annotated[
        CodeValue | None, Field(description="To the head (GB/T 4761; 02 is the head).")
    ]
    registered_on: Annotated[Day, Field(description="Since when.")]


class HouseholdFile(Contract):
    """
    A household register with its members.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: Household
    members: Annotated[list[HouseholdMember], Field(max_length=1000, min_length=0)]


class HeadCommand(Contract):
    """
    Another member becomes the head.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    head: Pseudonym
    relationships: Annotated[
        Relationships | None,
        Field(
            description="The remaining members’ codes towards the new head; who is left out has to be stated later."
        ),
    ] = None


class MoveCommand(Contract):
    """
    Permission to move.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    to_division: Annotated[
        DivisionCode,
        Field(description="Receiving division; may be outside this instance."),
    ]
    reason: Annotated[CodeValue, Field(description="Why.")]
    permitted_on: Annotated[
        Day | None, Field(description="Day of the permission; today when left out.")
    ] = None


class MoveRequest(Contract):
    """
    A citizen asks for permission to move.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    to_division: Annotated[DivisionCode, Field(description="Receiving division.")]
    reason: Annotated[CodeValue, Field(description="Why.")]


class MoveDecision(Contract):
    """
    The office’s decision on a request.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    decision: Literal["permit", "refuse"]
    grounds: Annotated[Line, Field(description="On what ground.")]


class CertificateCommand(Contract):
    """
    The move-out certificate; ends the registration at the losing register.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    issued_on: Annotated[
        Day | None, Field(description="Day of issue; today when left out.")
    ] = None
    new_head: Annotated[
        Pseudonym | None,
        Field(description="Where the mover was head and others remain."),
    ] = None
    relationships: Annotated[
        Relationships | None,
        Field(
            description="The remaining members’ codes towards the new head; who is left out has to be stated later."
        ),
    ] = None


class ArrivalCommand(Contract):
    """
    The end of a move: a register to enter, a register to open, or the receipt of an office outside this instance. Exactly one.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    household: Annotated[Urn | None, Field(description="A register to enter.")] = None
    relationship: Annotated[
        CodeValue | None, Field(description="To the head (GB/T 4761; 02 is the head).")
    ] = None
    opening: Annotated[
        HouseholdPlace | None,
        Field(description="A register to open, with the mover as head."),
    ] = None
    receipt: Annotated[
        Line | None,
        Field(description="Receipt number of the receiving office elsewhere."),
    ] = None
    arrived_on: Annotated[
        Day | None, Field(description="Day of arrival; today when left out.")
    ] = None


class MoveWithdrawal(Contract):
    """
    A move that is given up before its certificate.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[Line | None, Field(description="Why.")] = None


class MoveFile(Contract):
    """
    A move.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    person: Pseudonym
    body: Move


class MoveExpiry(Contract):
    """
    How many losing registers were reopened.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reopened: Annotated[StrictInt, Field(ge=0, le=1000000)]


class CardCommand(Contract):
    """
    An identity card; replaces the one held.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[
        Literal["first", "renewal", "damage", "loss", "changed-entry"],
        Field(description="Why."),
    ]
    issued_on: Annotated[
        Day | None, Field(description="Day of issue; today when left out.")
    ] = None


class CardLossReport(Contract):
    """
    A lost card.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Annotated[
        Pseudonym | None,
        Field(description="Named by an office; a citizen reports the own card."),
    ] = None
    lost_on: Annotated[
        Day | None, Field(description="Since when; today when left out.")
    ] = None


class CardFile(Contract):
    """
    A card.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: IdentityCard


class IdentificationFile(Contract):
    """
    A number of a person.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: Identification


class RegistrationFile(Contract):
    """
    A permanent registration.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: HouseholdRegistration


class IdentificationList(Contract):
    """
    All numbers of a person, the newest first.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[IdentificationFile], Field(max_length=200, min_length=0)]


class KinshipParty(Contract):
    """
    One of the two.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    role: Literal["parent", "child", "spouse", "guardian", "ward"]


class KinshipCommand(Contract):
    """
    Kinship, marriage or guardianship.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["parentage", "marriage", "guardianship"]
    basis: Literal["birth", "adoption", "acknowledgement", "marriage", "appointment"]
    parties: Annotated[list[KinshipParty], Field(max_length=2, min_length=2)]
    since: Annotated[
        Day | None, Field(description="Since when; today when left out.")
    ] = None


class KinshipEnd(Contract):
    """
    The end of a marriage or a guardianship.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ended_on: Annotated[Day, Field(description="Since when no longer.")]
    reason: Annotated[Line, Field(description="On what ground.")]
    ending: Annotated[
        Literal["judgment", "annulment", "decision"] | None,
        Field(
            description="What ends it, a judgment of a marriage and a decision of a guardianship when left out. A divorce by agreement is applied for by both."
        ),
    ] = None


class KinshipFile(Contract):
    """
    A kinship.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    parties: Annotated[list[KinshipParty], Field(max_length=2, min_length=2)]
    body: Kinship


class StayFile(Contract):
    """
    A stay.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: Stay


class PermitFile(Contract):
    """
    A residence permit.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: ResidencePermit


class PersonFile(Contract):
    """
    What the register holds on a person, for an officer. `version` (and the ETag) is the person record’s.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    urn: Urn
    version: Version
    entries: Person
    identifications: Annotated[
        list[IdentificationFile], Field(max_length=200, min_length=0)
    ]
    registration: RegistrationFile | None
    stay: Annotated[
        StayFile | None,
        Field(description="Where the person stays whose registration is elsewhere."),
    ]
    permit: Annotated[
        PermitFile | None,
        Field(description="The residence permit held, suspended even."),
    ]
    cards: Annotated[list[CardFile], Field(max_length=200, min_length=0)]
    kinships: Annotated[list[KinshipFile], Field(max_length=200, min_length=0)]
    move: Annotated[MoveFile | None, Field(description="The open move.")]


class PseudonymAnswer(Contract):
    """
    The caller’s sector’s pseudonym.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Pseudonym


class PseudonymBatch(Contract):
    """
    Numbers of one scheme.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    numbers: Annotated[list[Number], Field(max_length=5000, min_length=1)]


class PseudonymBatchAnswer(Contract):
    """
    One place for each number, null for one that is not known.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonyms: Annotated[list[Pseudonym | None], Field(max_length=5000, min_length=0)]


class IntroductionRequest(Contract):
    """
    Name a person to another sector.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Annotated[Pseudonym, Field(description="In the caller’s own sector.")]
    receiver: Sector


class IntroductionAnswer(Contract):
    """
    Only the receiver can open it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    introduction: Introduction


class ResidenceRequest(Contract):
    """
    Whose residence.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Pseudonym


class RegisteredPlace(Contract):
    """
    Where the permanent registration is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    division: Annotated[DivisionCode, Field(description="District or county.")]
    neighbourhood: Annotated[
        Neighbourhood | None, Field(description="Street or community, 9 or 12 digits.")
    ]


class PermittedPlace(Contract):
    """
    The residence permit held, and where its holder stays.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    state: Annotated[
        Literal["valid", "suspended"],
        Field(description="Suspended when its endorsement is late."),
    ]
    since: Annotated[
        Day,
        Field(
            description="Day from which years of residence count; a late endorsement starts it anew."
        ),
    ]
    division: Annotated[DivisionCode, Field(description="District or county.")]
    neighbourhood: Annotated[
        Neighbourhood | None, Field(description="Street or community, 9 or 12 digits.")
    ]


Household1 = TypeAliasType(
    "Household1",
    Annotated[
        str,
        Field(
            description="The household as this sector knows it; another sector gets another.",
            pattern="^[a-z2-7]{22}$",
        ),
    ],
)


class Residence(Contract):
    """
    Null where there is no permanent registration or no residence permit here.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    permit: PermittedPlace | None
    registered: RegisteredPlace | None
    household: Annotated[
        Household1 | None,
        Field(
            description="The household as this sector knows it; another sector gets another."
        ),
    ]


class SnapshotPage(Contract):
    """
    Whole current records, in order of URN.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[Envelope], Field(max_length=200, min_length=0)]
    next: CursorText | None


class Scheme(Contract):
    """
    An installed scheme.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[
        CodeValue, Field(description="Identification scheme; see /v1/schemes.")
    ]
    norm: Annotated[Line, Field(description="The norm.")]
    assigned_here: Annotated[
        StrictBool, Field(description="Whether identity gives out its numbers.")
    ]


class SchemeList(Contract):
    """
    The installed schemes.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[Scheme], Field(max_length=100, min_length=0)]


Code = TypeAliasType(
    "Code",
    Annotated[
        str,
        Field(
            description="The authorization code.",
            max_length=200,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


RedirectUri = TypeAliasType(
    "RedirectUri",
    Annotated[
        str,
        Field(
            description="As in the authorization request.",
            max_length=2000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


ClientId = TypeAliasType(
    "ClientId",
    Annotated[
        str,
        Field(
            description="Of a public client.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


CodeVerifier = TypeAliasType(
    "CodeVerifier",
    Annotated[
        str,
        Field(
            description="RFC 7636.",
            max_length=128,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


ClientAssertionType = TypeAliasType(
    "ClientAssertionType",
    Annotated[
        str,
        Field(
            description="urn:ietf:params:oauth:client-assertion-type:jwt-bearer.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


ClientAssertion = TypeAliasType(
    "ClientAssertion",
    Annotated[
        str,
        Field(
            description="private_key_jwt.",
            max_length=8000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


Scope = TypeAliasType(
    "Scope",
    Annotated[
        str, Field(max_length=1000, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


Audience = TypeAliasType(
    "Audience",
    Annotated[
        str,
        Field(
            description="Token exchange: the department.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


Organisation = TypeAliasType(
    "Organisation",
    Annotated[
        str,
        Field(
            description="Token exchange by a citizen's app: the organisation that the citizen represents, by its unified social credit code or its pseudonym of the gateway or of identity. The answer is a token that acts for the organisation.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


AuthorizationDetails = TypeAliasType(
    "AuthorizationDetails",
    Annotated[
        str,
        Field(
            description='Agencies (RFC 9396): what the token is bound to, a JSON array of one object `{"type": "urn:onewindow:look", "purpose": …}`, with the file number as `case` where the purpose wants one. A purpose of the client\'s own office; where it asks for an acting person, the assertion names the officer (`act.sub`).',
            max_length=2000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


SubjectToken = TypeAliasType(
    "SubjectToken",
    Annotated[
        str,
        Field(
            description="The citizen’s token.",
            max_length=8000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


SubjectTokenType = TypeAliasType(
    "SubjectTokenType",
    Annotated[
        str,
        Field(
            description="urn:ietf:params:oauth:token-type:access_token.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


RequestedTokenType = TypeAliasType(
    "RequestedTokenType",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


class TokenRequest(Contract):
    """
    RFC 6749, 7523, 7636, 8693. Unknown parameters are ignored.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    grant_type: Annotated[
        str,
        Field(
            description="authorization_code, client_credentials or urn:ietf:params:oauth:grant-type:token-exchange.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ]
    code: Annotated[Code | None, Field(description="The authorization code.")] = None
    redirect_uri: Annotated[
        RedirectUri | None, Field(description="As in the authorization request.")
    ] = None
    client_id: Annotated[ClientId | None, Field(description="Of a public client.")] = (
        None
    )
    code_verifier: Annotated[CodeVerifier | None, Field(description="RFC 7636.")] = None
    client_assertion_type: Annotated[
        ClientAssertionType | None,
        Field(description="urn:ietf:params:oauth:client-assertion-type:jwt-bearer."),
    ] = None
    client_assertion: Annotated[
        ClientAssertion | None, Field(description="private_key_jwt.")
    ] = None
    scope: Scope | None = None
    audience: Annotated[
        Audience | None, Field(description="Token exchange: the department.")
    ] = None
    organisation: Annotated[
        Organisation | None,
        Field(
            description="Token exchange by a citizen's app: the organisation that the citizen represents, by its unified social credit code or its pseudonym of the gateway or of identity. The answer is a token that acts for the organisation."
        ),
    ] = None
    authorization_details: Annotated[
        AuthorizationDetails | None,
        Field(
            description='Agencies (RFC 9396): what the token is bound to, a JSON array of one object `{"type": "urn:onewindow:look", "purpose": …}`, with the file number as `case` where the purpose wants one. A purpose of the client\'s own office; where it asks for an acting person, the assertion names the officer (`act.sub`).'
        ),
    ] = None
    subject_token: Annotated[
        SubjectToken | None, Field(description="The citizen’s token.")
    ] = None
    subject_token_type: Annotated[
        SubjectTokenType | None,
        Field(description="urn:ietf:params:oauth:token-type:access_token."),
    ] = None
    requested_token_type: RequestedTokenType | None = None


IssuedTokenType = TypeAliasType(
    "IssuedTokenType",
    Annotated[
        str,
        Field(
            description="Token exchange.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


IdToken = TypeAliasType(
    "IdToken",
    Annotated[
        str,
        Field(
            description="OpenID Connect.",
            max_length=8000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


Scope1 = TypeAliasType(
    "Scope1",
    Annotated[
        str,
        Field(
            description="Granted scope.",
            max_length=1000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


Case = TypeAliasType(
    "Case",
    Annotated[
        str,
        Field(
            description="The office's file number.",
            max_length=64,
            min_length=1,
            pattern="^[!-~]+$",
        ),
    ],
)


class LookDetails(Contract):
    """
    Why somebody looks (RFC 9396); one token, one purpose, one case.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["urn:onewindow:look"]
    purpose: Annotated[
        str,
        Field(
            description="The id in the register of purposes.",
            max_length=100,
            pattern="^[a-z][a-z0-9-]*[.][a-z][a-z0-9-]*$",
        ),
    ]
    case: Annotated[Case | None, Field(description="The office's file number.")] = None


ErrorDescription = TypeAliasType(
    "ErrorDescription",
    Annotated[
        str,
        Field(
            description="What is wrong.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ],
)


class OAuthError(Contract):
    """
    RFC 6749 5.2.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    error: Literal[
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "invalid_target",
        "invalid_dpop_proof",
        "invalid_authorization_details",
    ]
    error_description: Annotated[
        ErrorDescription | None, Field(description="What is wrong.")
    ] = None


ResponseTypesSupportedItem = TypeAliasType(
    "ResponseTypesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


GrantTypesSupportedItem = TypeAliasType(
    "GrantTypesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


CodeChallengeMethodsSupportedItem = TypeAliasType(
    "CodeChallengeMethodsSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


TokenEndpointAuthMethodsSupportedItem = TypeAliasType(
    "TokenEndpointAuthMethodsSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


TokenEndpointAuthSigningAlgValuesSupportedItem = TypeAliasType(
    "TokenEndpointAuthSigningAlgValuesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


SubjectTypesSupportedItem = TypeAliasType(
    "SubjectTypesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


IdTokenSigningAlgValuesSupportedItem = TypeAliasType(
    "IdTokenSigningAlgValuesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


DpopSigningAlgValuesSupportedItem = TypeAliasType(
    "DpopSigningAlgValuesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


AuthorizationDetailsTypesSupportedItem = TypeAliasType(
    "AuthorizationDetailsTypesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


ScopesSupportedItem = TypeAliasType(
    "ScopesSupportedItem",
    Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ],
)


class Discovery(Contract):
    """
    OpenID Connect Discovery 1.0.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    issuer: Annotated[
        str, Field(max_length=500, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ]
    jwks_uri: Annotated[
        str, Field(max_length=500, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ]
    authorization_endpoint: Annotated[
        str, Field(max_length=500, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ]
    token_endpoint: Annotated[
        str, Field(max_length=500, min_length=1, pattern="^[^\\x00-\\x1F\\x7F]*$")
    ]
    response_types_supported: Annotated[
        list[ResponseTypesSupportedItem], Field(max_length=20, min_length=0)
    ]
    grant_types_supported: Annotated[
        list[GrantTypesSupportedItem], Field(max_length=20, min_length=0)
    ]
    code_challenge_methods_supported: Annotated[
        list[CodeChallengeMethodsSupportedItem], Field(max_length=20, min_length=0)
    ]
    token_endpoint_auth_methods_supported: Annotated[
        list[TokenEndpointAuthMethodsSupportedItem], Field(max_length=20, min_length=0)
    ]
    token_endpoint_auth_signing_alg_values_supported: Annotated[
        list[TokenEndpointAuthSigningAlgValuesSupportedItem],
        Field(max_length=20, min_length=0),
    ]
    subject_types_supported: Annotated[
        list[SubjectTypesSupportedItem], Field(max_length=20, min_length=0)
    ]
    id_token_signing_alg_values_supported: Annotated[
        list[IdTokenSigningAlgValuesSupportedItem], Field(max_length=20, min_length=0)
    ]
    dpop_signing_alg_values_supported: Annotated[
        list[DpopSigningAlgValuesSupportedItem],
        Field(description="RFC 9449, 5.1.", max_length=20, min_length=1),
    ]
    authorization_details_types_supported: Annotated[
        list[AuthorizationDetailsTypesSupportedItem],
        Field(description="RFC 9396, 10.", max_length=20, min_length=1),
    ]
    scopes_supported: Annotated[
        list[ScopesSupportedItem], Field(max_length=20, min_length=0)
    ]


class KeySet(Contract):
    """
    RFC 7517.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    keys: Annotated[list[dict[str, Any]], Field(max_length=20, min_length=0)]


class SampleChoice(Contract):
    """
    The person chosen on the page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ref: Annotated[
        str,
        Field(
            description="The sample person’s reference.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ]


FatherNumber = TypeAliasType(
    "FatherNumber",
    Annotated[
        str,
        Field(
            description="A person before this line in the file, or known.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ],
)


MotherNumber = TypeAliasType(
    "MotherNumber",
    Annotated[
        str,
        Field(
            description="A person before this line in the file, or known.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ],
)


SpouseNumber = TypeAliasType(
    "SpouseNumber",
    Annotated[
        str,
        Field(
            description="A person before this line in the file, or known.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ],
)


class ImportRow(Contract):
    """
    One line of a file of persons with their households, as `import` takes it: CSV under any of the headers that `x-import-headers` names, or JSON Lines under the property names. Days as YYYY-MM-DD, YYYYMMDD or YYYY/MM/DD.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    number: Annotated[
        str,
        Field(
            description="The number as written on the document.",
            max_length=40,
            min_length=1,
            pattern="^[0-9A-Za-z -]+$",
        ),
    ]
    scheme: Annotated[CodeValue | None, Field(description="cn-id when left out.")] = (
        None
    )
    name: Name
    sex: Annotated[
        Literal["0", "1", "2", "9"], Field(description="GB/T 2261.1, or 男, 女.")
    ]
    birth_date: Annotated[Day, Field(description="Day of birth.")]
    ethnic_group: Annotated[
        CodeValue | None, Field(description="GB/T 3304, code or Chinese name.")
    ] = None
    birth_division: Annotated[DivisionCode | None, Field(description="Where born.")] = (
        None
    )
    standing: Annotated[
        Literal[
            "registered",
            "serving",
            "settled-abroad",
            "elsewhere",
            "unregistered",
            "foreign",
            "dead",
        ]
        | None,
        Field(description="registered when a household is named, else elsewhere."),
    ] = None
    died_on: Annotated[Day | None, Field(description="With standing dead.")] = None
    household_code: Annotated[
        Line | None,
        Field(
            description="The office’s own number of the household; equal for its members."
        ),
    ] = None
    household_kind: Annotated[
        Literal["family", "collective"] | None,
        Field(description="family when left out."),
    ] = None
    relationship: Annotated[
        CodeValue | None, Field(description="GB/T 4761, code or Chinese name.")
    ] = None
    division: Annotated[DivisionCode | None, Field(description="Of the household.")] = (
        None
    )
    neighbourhood: Annotated[
        Neighbourhood | None, Field(description="Street or community, 9 or 12 digits.")
    ] = None
    address: Annotated[Line | None, Field(description="Below the division.")] = None
    registered_on: Annotated[
        Day | None,
        Field(description="Since when in the household; the birth date when left out."),
    ] = None
    father_number: Annotated[
        FatherNumber | None,
        Field(description="A person before this line in the file, or known."),
    ] = None
    mother_number: Annotated[
        MotherNumber | None,
        Field(description="A person before this line in the file, or known."),
    ] = None
    spouse_number: Annotated[
        SpouseNumber | None,
        Field(description="A person before this line in the file, or known."),
    ] = None
    married_on: Annotated[
        Day | None,
        Field(description="With spouse_number; the registration day when left out."),
    ] = None
    divorced_on: Annotated[
        Day | None,
        Field(
            description="With spouse_number, of a marriage that has ended by divorce."
        ),
    ] = None
    stay_division: Annotated[
        DivisionCode | None,
        Field(
            description="Of the registered stay in this city of a person registered elsewhere; with stay_address and stay_since."
        ),
    ] = None
    stay_address: Annotated[Line | None, Field(description="Below the division.")] = (
        None
    )
    stay_since: Annotated[
        Day | None, Field(description="From when the stay is registered.")
    ] = None
    permit_ground: Annotated[
        Literal["job", "home", "schooling"] | None,
        Field(
            description="What the residence permit held was granted for; with permit_granted_on."
        ),
    ] = None
    permit_granted_on: Annotated[Day | None, Field(description="Day of its grant.")] = (
        None
    )
    permit_endorsed_on: Annotated[
        Day | None,
        Field(
            description="Day of its newest endorsement; that of the grant when left out."
        ),
    ] = None
    card_issued_on: Annotated[
        Day | None, Field(description="Day of issue of the card held.")
    ] = None


class Republication(Contract):
    """
    How many records go out again.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    republished: Annotated[StrictInt, Field(ge=0, le=1000000000)]


AuthorizationDetails1 = TypeAliasType(
    "AuthorizationDetails1",
    Annotated[
        list[LookDetails],
        Field(
            description="What the token is bound to (RFC 9396, 7).",
            max_length=1,
            min_length=1,
        ),
    ],
)


class TokenAnswer(Contract):
    """
    RFC 6749 5.1.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    access_token: Annotated[
        str,
        Field(
            description="The token.",
            max_length=8000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F]*$",
        ),
    ]
    token_type: Annotated[
        Literal["Bearer", "DPoP"],
        Field(
            description="DPoP of a token that is bound to the key of the proof that came with the request (RFC 9449, 5)."
        ),
    ]
    expires_in: Annotated[StrictInt, Field(ge=1, le=86400)]
    issued_token_type: Annotated[
        IssuedTokenType | None, Field(description="Token exchange.")
    ] = None
    id_token: Annotated[IdToken | None, Field(description="OpenID Connect.")] = None
    scope: Annotated[Scope1 | None, Field(description="Granted scope.")] = None
    authorization_details: Annotated[
        AuthorizationDetails1 | None,
        Field(description="What the token is bound to (RFC 9396, 7)."),
    ] = None
