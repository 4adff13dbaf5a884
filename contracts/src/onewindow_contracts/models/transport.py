# Generated from contracts/openapi/transport.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    CodeValue,
    Contract,
    ContractName,
    CursorText,
    Day,
    Envelope,
    Id,
    Instant,
    LegalBasis,
    Line,
    Name,
    Paragraph,
    Subject,
    Urn,
    Uscc,
    Version,
    Vin,
)
from onewindow_contracts.models.records.shared_adverse_act import AdverseGrounds
from onewindow_contracts.models.records.transport_driving_licence import (
    CancellationReason,
    DrivingLicence,
    FileNumber,
    LicenceClass,
    LicenceState,
    LicenceTerm,
)
from onewindow_contracts.models.records.transport_parking_permit import (
    ParkingPermit,
    PermitState,
    ZoneCode,
)
from onewindow_contracts.models.records.transport_vehicle import (
    Colour,
    DeregistrationReason,
    Energy,
    PlateNumber,
    PlateType,
    Vehicle,
)
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

TransportPseudonym = TypeAliasType(
    "TransportPseudonym",
    Annotated[
        str,
        Field(
            description="The random name of a person or an organisation within transport; identity gives it for number and name.",
            max_length=47,
            pattern="^transport[.][1-9][0-9]{0,5}[.](org-)?[a-z2-7]{22}$",
        ),
    ],
)


class Grounds(Contract):
    """
    What every decision states.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]


class LicenceRestriction(Contract):
    """
    What every decision that takes a licence states.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]
    grounds: Annotated[
        AdverseGrounds,
        Field(description="The legal basis and the records that bear it out."),
    ]


class LicenceIssue(Contract):
    """
    A first licence.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    holder: TransportPseudonym
    classes: Annotated[
        list[LicenceClass],
        Field(description="What the holder may drive.", max_length=17, min_length=1),
    ]
    issued_on: Annotated[
        Day, Field(description="The day of issue, not later than today.")
    ]
    file_number: Annotated[
        FileNumber | None,
        Field(description="The paper file's number; null has one assigned."),
    ]
    legal_basis: LegalBasis


class LicenceRenewal(Contract):
    """
    A renewal.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    twelve_points_reached: Annotated[
        StrictBool,
        Field(
            description="Whether twelve points were reached in a cycle of the ending term."
        ),
    ]
    legal_basis: LegalBasis


class ClassChange(Contract):
    """
    The classes from now on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]
    classes: Annotated[
        list[LicenceClass],
        Field(
            description="All classes that the licence shall have.",
            max_length=17,
            min_length=1,
        ),
    ]


class Suspension(Contract):
    """
    A suspension with its last day.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]
    until: Annotated[Day, Field(description="The last day.")]
    grounds: Annotated[
        AdverseGrounds,
        Field(description="The legal basis and the records that bear it out."),
    ]


class Revocation(Contract):
    """
    A revocation and its bar.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]
    barred_until: Annotated[
        Day | None,
        Field(description="Last day of the bar to a new licence; null bars for life."),
    ]
    grounds: Annotated[
        AdverseGrounds,
        Field(description="The legal basis and the records that bear it out."),
    ]


class Cancellation(Contract):
    """
    A cancellation.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]
    cause: CancellationReason


class Restoration(Contract):
    """
    A restoration.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]
    examined_on: Annotated[
        Day | None,
        Field(
            description="The day on which study or examination was passed; null without."
        ),
    ]
    overturned: Annotated[
        StrictBool,
        Field(description="Whether a remedy overturned the decision on the state."),
    ]


class LapseRun(Contract):
    """
    How far to go in one command.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    limit: Annotated[StrictInt, Field(ge=1, le=500)]
    legal_basis: LegalBasis
    remedy: Annotated[
        Paragraph,
        Field(description="Where and until when each cancellation can be contested."),
    ]


class LapseResult(Contract):
    """
    What was done.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cancelled: Annotated[StrictInt, Field(ge=0, le=9007199254740991)]
    more: Annotated[StrictBool, Field(description="Whether lapsed licences are left.")]


class HolderLookup(Contract):
    """
    Whose records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    holder: TransportPseudonym


class OwnerLookup(Contract):
    """
    Whose records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    owner: TransportPseudonym


class PlateKey(Contract):
    """
    A plate is its type and number.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: PlateType
    number: PlateNumber


class PlateChoice(Contract):
    """
    Which plate the vehicle shall get.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: PlateType
    number: Annotated[
        PlateNumber | None,
        Field(
            description="The chosen or reclaimed number; null lets the office assign one."
        ),
    ]


class PlateRight(Contract):
    """
    A former plate that its user may reclaim.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: PlateType
    number: PlateNumber
    kept_until: Annotated[Day, Field(description="Last day of the right.")]


class PlateRights(Contract):
    """
    Former plates kept for one person.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[PlateRight],
        Field(description="Soonest to end first.", max_length=1000, min_length=0),
    ]


class VehicleRegistration(Contract):
    """
    A vehicle and its owner.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    owner: TransportPseudonym
    vin: Vin
    kind: CodeValue
    make: Annotated[Line, Field(description="The brand.")]
    model: Annotated[Line, Field(description="The model designation.")]
    colour: Colour
    energy: Energy
    use: CodeValue
    first_registered_on: Annotated[
        Day,
        Field(description="The first registration anywhere; today for a new vehicle."),
    ]
    plate: PlateChoice
    legal_basis: LegalBasis


class VehicleTransfer(Contract):
    """
    A change of owner.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    to: Annotated[TransportPseudonym, Field(description="The new owner.")]
    ground: Annotated[
        Literal["sale", "gift", "inheritance", "judgment", "division"],
        Field(description="Why the vehicle passes."),
    ]
    consenting_mortgages: Annotated[
        list[Id],
        Field(
            description="Ids of the mortgages whose mortgagee joins.",
            max_length=20,
            min_length=0,
        ),
    ]
    plate: PlateChoice
    effective_on: Annotated[
        Day, Field(description="From when the new owner owns it, not later than today.")
    ]
    legal_basis: LegalBasis


class PlateChange(Contract):
    """
    Another plate.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    plate: PlateChoice
    effective_on: Annotated[
        Day, Field(description="The day of the change, not later than today.")
    ]
    legal_basis: LegalBasis


class Deregistration(Contract):
    """
    The end of a registration.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cause: DeregistrationReason
    effective_on: Annotated[
        Day, Field(description="The day in law, not later than today.")
    ]
    legal_basis: LegalBasis


class MortgageEntry(Contract):
    """
    A mortgage to enter.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    mortgagee_code: Uscc
    mortgagee: Annotated[Name, Field(description="The organisation.")]
    since: Annotated[Day, Field(description="The day of entry, not later than today.")]
    legal_basis: LegalBasis


class FreezeEntry(Contract):
    """
    A freeze to enter.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ordered_by: Annotated[Name, Field(description="The court or authority.")]
    document: Annotated[Line, Field(description="The number of the order.")]
    since: Annotated[Day, Field(description="First day, not later than today.")]
    until: Annotated[Day, Field(description="Last day.")]
    legal_basis: LegalBasis


class MarkRemoval(Contract):
    """
    Which mark goes.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    mark: Id
    effective_on: Annotated[
        Day, Field(description="The day in law, not later than today.")
    ]
    legal_basis: LegalBasis


class PermitApplication(Contract):
    """
    What a resident asks for.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    vehicle: Annotated[Urn, Field(description="The record of the own vehicle.")]
    zone: ZoneCode


class PermitReceipt(Contract):
    """
    What the applicant gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    permit: Urn
    version: Version
    state: PermitState


class PermitRuling(Contract):
    """
    The office's decision.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["granted", "refused"], Field(description="Grant or refuse.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]


class Republication(Contract):
    """
    What was queued.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    republished: Annotated[StrictInt, Field(ge=0, le=9007199254740991)]


class DrivingLicenceRecord(Contract):
    """
    The record at its present version, with its envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Annotated[
        Day,
        Field(description="From when it is so in law; may lie before `recorded_at`."),
    ]
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[
        list[Subject], Field(description="Whom the record is about.", max_length=1000)
    ]
    body: DrivingLicence


class DrivingLicencePage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[DrivingLicenceRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class VehicleRecord(Contract):
    """
    The record at its present version, with its envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Annotated[
        Day,
        Field(description="From when it is so in law; may lie before `recorded_at`."),
    ]
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[
        list[Subject], Field(description="Whom the record is about.", max_length=1000)
    ]
    body: Vehicle


class VehiclePage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[VehicleRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class ParkingPermitRecord(Contract):
    """
    The record at its present version, with its envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Annotated[
        Day,
        Field(description="From when it is so in law; may lie before `recorded_at`."),
    ]
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[
        list[Subject], Field(description="Whom the record is about.", max_length=1000)
    ]
    body: ParkingPermit


class ParkingPermitPage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[ParkingPermitRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class SnapshotPage(Contract):
    """
    One page of a topic.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[Envelope],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


ImportedNumber = TypeAliasType(
    "ImportedNumber",
    Annotated[
        str,
        Field(
            description="A person's identification number; exchanged for a pseudonym while the row is read, stored nowhere.",
            max_length=40,
            min_length=1,
            pattern="^[A-Za-z0-9-]+$",
        ),
    ],
)


ImportedClasses = TypeAliasType(
    "ImportedClasses",
    Annotated[
        str,
        Field(
            description="Licence classes, separated by commas, e.g. `C1,D`.",
            max_length=60,
            min_length=1,
            pattern="^[A-Z][0-9]?([,、 ][A-Z][0-9]?)*$",
        ),
    ],
)


class DrivingLicenceRow(Contract):
    """
    A row of `import driving-licence`: a licence as an older system has it. Headers of a CSV file are the names or either label.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue | None,
        Field(description="The scheme of the number; cn-id when empty."),
    ] = None
    number: Annotated[ImportedNumber, Field(description="The holder.")]
    file_number: Annotated[
        FileNumber, Field(description="The file that the licence is kept under.")
    ]
    classes: Annotated[ImportedClasses, Field(description="What the holder may drive.")]
    first_issued_on: Annotated[Day, Field(description="The day of the first licence.")]
    state: Annotated[LicenceState | None, Field(description="valid when empty.")] = None
    term: Annotated[LicenceTerm | None, Field(description="first when empty.")] = None
    valid_from: Annotated[
        Day | None, Field(description="The day of the first licence when empty.")
    ] = None
    valid_until: Annotated[
        Day | None,
        Field(
            description="Empty in the unlimited term, and where it follows from the others."
        ),
    ] = None
    state_since: Annotated[
        Day | None, Field(description="The first valid day when empty.")
    ] = None
    state_until: Annotated[
        Day | None, Field(description="Last day of a suspension or bar.")
    ] = None
    cancellation_reason: Annotated[
        CancellationReason | None, Field(description="For a cancelled licence only.")
    ] = None


class VehicleRow(Contract):
    """
    A row of `import vehicle`: a registered vehicle as an older system has it. Headers of a CSV file are the names or either label.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[
        CodeValue | None,
        Field(description="The scheme of the number; cn-id when empty."),
    ] = None
    number: Annotated[ImportedNumber, Field(description="The owner.")]
    vin: Annotated[Vin, Field(description="GB 16735, with its check digit.")]
    plate_type: Annotated[PlateType, Field(description="By GA/T 16.7.")]
    plate_number: Annotated[
        PlateNumber, Field(description="With this office's prefix.")
    ]
    plate_since: Annotated[
        Day | None,
        Field(description="The day since when the owner owns it, when empty."),
    ] = None
    kind: Annotated[CodeValue, Field(description="By GA/T 16.4.")]
    make: Annotated[Line, Field(description="The brand.")]
    model: Annotated[Line, Field(description="The model designation.")]
    colour: Annotated[Colour, Field(description="By GA 24.8.")]
    energy: Annotated[Energy, Field(description="By GA 24.9.")]
    use: Annotated[CodeValue, Field(description="By GA/T 16.3.")]
    first_registered_on: Annotated[
        Day, Field(description="The first registration anywhere.")
    ]
    owner_since: Annotated[
        Day | None, Field(description="The first registration when empty.")
    ] = None
    mortgagee_code: Annotated[
        Uscc | None, Field(description="With the next two, or none of the three.")
    ] = None
    mortgagee: Annotated[Name | None, Field(description="The organisation.")] = None
    mortgage_since: Annotated[Day | None, Field(description="The day of entry.")] = None
