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
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

TransportPseudonym = TypeAliasType(
    "TransportPseudonym",
    Annotated[
        str,
        Field(
            description="A person's random name within transport; identity gives it for number and name.",
            max_length=47,
            pattern="^transport[.][1-9][0-9]{0,5}[.][a-z2-7]{22}$",
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


LicenceClass = TypeAliasType(
    "LicenceClass",
    Annotated[
        Literal[
            "A1",
            "A2",
            "A3",
            "B1",
            "B2",
            "C1",
            "C2",
            "C3",
            "C4",
            "C5",
            "C6",
            "D",
            "E",
            "F",
            "M",
            "N",
            "P",
        ],
        Field(description="A class of vehicles (机动车驾驶证申领和使用规定, annex 1)."),
    ],
)


FileNumber = TypeAliasType(
    "FileNumber",
    Annotated[
        str,
        Field(
            description="The office's file number, 12 digits.",
            max_length=12,
            min_length=12,
            pattern="^[0-9]{12}$",
        ),
    ],
)


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


CancellationReason = TypeAliasType(
    "CancellationReason",
    Annotated[
        Literal["own-request", "death", "incapacity", "health", "late-renewal"],
        Field(description="Only late renewal leaves a way back by examination."),
    ],
)


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


PlateType = TypeAliasType(
    "PlateType",
    Annotated[
        Literal["01", "02", "07", "08", "15", "16", "51", "52"],
        Field(
            description="GA/T 16.7: 01 large, 02 small, 07 and 08 motorcycles, 15 trailer, 16 training, 51 and 52 large and small new-energy vehicles."
        ),
    ],
)


PlateNumber = TypeAliasType(
    "PlateNumber",
    Annotated[
        str,
        Field(
            description="GA 36: office prefix and five serial characters, six on new-energy plates; no I and O.",
            max_length=8,
            min_length=7,
            pattern="^[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z]([A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学]|[0-9]{5}[A-HJK]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4})$",
        ),
    ],
)


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


Colour = TypeAliasType(
    "Colour",
    Annotated[
        Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "Z"],
        Field(description="Main colour of the body (GA 24.8)."),
    ],
)


Energy = TypeAliasType(
    "Energy",
    Annotated[
        Literal["A", "B", "C", "D", "E", "F", "L", "M", "N", "O", "Y", "Z"],
        Field(description="Fuel or energy (GA 24.9); C is battery-electric, O hybrid."),
    ],
)


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


DeregistrationReason = TypeAliasType(
    "DeregistrationReason",
    Annotated[
        Literal["scrapped", "lost", "exported", "returned", "transferred-out"],
        Field(description="Why the vehicle left the register."),
    ],
)


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


ZoneCode = TypeAliasType(
    "ZoneCode",
    Annotated[
        str,
        Field(
            description="A parking zone; the code list says in which division it lies.",
            max_length=12,
            min_length=2,
            pattern="^[A-Z]{2}[0-9A-Z-]{0,10}$",
        ),
    ],
)


PermitState = TypeAliasType(
    "PermitState",
    Annotated[
        Literal["applied", "granted", "refused", "withdrawn", "ended"],
        Field(
            description="A granted permit past its last day has expired without a further version."
        ),
    ],
)


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


class LicenceDecision(Contract):
    """
    Why the newest decision was taken and what can be done against it; authority and legal basis stand in the envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph,
        Field(description="Where and until when the decision can be contested."),
    ]


LicenceState = TypeAliasType(
    "LicenceState",
    Annotated[
        Literal[
            "valid",
            "retained",
            "suspended",
            "use-stopped",
            "revoked",
            "annulled",
            "cancelled",
        ],
        Field(
            description="The licence's state in law; an expired licence stays `valid` until it is renewed or cancelled."
        ),
    ],
)


LicenceTerm = TypeAliasType(
    "LicenceTerm",
    Annotated[
        Literal["first", "second", "unlimited"],
        Field(
            description="Six years first, then ten, then without limit while twelve points are never reached in a cycle."
        ),
    ],
)


class Plate(Contract):
    """
    A plate is its type and its number together (GA 36).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: PlateType
    number: PlateNumber
    since: Annotated[
        Day,
        Field(
            description="Since when the plate is on this vehicle; a year of use founds the right to reclaim it."
        ),
    ]


class VehicleFreeze(Contract):
    """
    A freeze that a court or authority ordered.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[Id, Field(description="Names the mark in commands.")]
    ordered_by: Annotated[Name, Field(description="The court or authority.")]
    document: Annotated[Line, Field(description="The order's document number.")]
    since: Annotated[Day, Field(description="First day.")]
    until: Annotated[Day, Field(description="Last day.")]


class VehicleMortgage(Contract):
    """
    A mortgage on the vehicle.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[Id, Field(description="Names the mark in commands.")]
    mortgagee_code: Uscc
    mortgagee: Annotated[
        Name, Field(description="The organisation's name as registered.")
    ]
    since: Annotated[Day, Field(description="The day of entry.")]


VehicleState = TypeAliasType(
    "VehicleState",
    Annotated[
        Literal["registered", "deregistered"],
        Field(description="On the register or off it."),
    ],
)


class PermitDecision(Contract):
    """
    Why the newest decision was taken and what can be done against it; authority and legal basis stand in the envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph,
        Field(description="Where and until when the decision can be contested."),
    ]


PermitPlateNumber = TypeAliasType(
    "PermitPlateNumber",
    Annotated[
        str,
        Field(
            description="The number of the vehicle's plate when the permit was last written.",
            max_length=8,
            min_length=7,
            pattern="^[一-龥][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学]$",
        ),
    ],
)


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
        Field(description="The scheme of the number; cn-rin when empty."),
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
        Field(description="The scheme of the number; cn-rin when empty."),
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


class PlateKey(Contract):
    """
    A plate is its type and number.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: PlateType
    number: PlateNumber


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


class DrivingLicence(Contract):
    """
    A driving licence under its file number. The number printed on the card is the citizen's own and is not kept here. The holder is the envelope's subject (role holder).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    file_number: FileNumber
    classes: Annotated[
        list[LicenceClass],
        Field(
            description="What the holder may drive, in the norm's order.",
            max_length=17,
            min_length=1,
        ),
    ]
    state: LicenceState
    term: LicenceTerm
    first_issued_on: Annotated[Day, Field(description="The day of the first licence.")]
    valid_from: Annotated[Day, Field(description="First day of the present term.")]
    valid_until: Annotated[
        Day | None,
        Field(description="Last day of the present term; null without limit."),
    ]
    state_since: Annotated[
        Day, Field(description="The day on which the present state began.")
    ]
    state_until: Annotated[
        Day | None,
        Field(
            description="Last day of a suspension, of the bar after revocation or annulment (null: for life), or of the time in which a cancelled licence can be restored."
        ),
    ]
    cancellation_reason: Annotated[
        CancellationReason | None, Field(description="Null unless cancelled.")
    ]
    decision: Annotated[
        LicenceDecision | None,
        Field(
            description="The newest decision on the state; null while none was taken."
        ),
    ]


class Vehicle(Contract):
    """
    A motor vehicle as the register holds it. Its owner is the envelope's subject (role owner).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    vin: Vin
    plate: Annotated[
        Plate | None,
        Field(description="The plate on the vehicle; null when there is none."),
    ]
    kind: Annotated[CodeValue, Field(description="What kind of vehicle (GA/T 16.4).")]
    make: Annotated[Line, Field(description="The maker's brand.")]
    model: Annotated[Line, Field(description="The maker's model designation.")]
    colour: Colour
    energy: Energy
    use: Annotated[
        CodeValue, Field(description="What the vehicle is used for (GA/T 16.3).")
    ]
    state: VehicleState
    first_registered_on: Annotated[
        Day, Field(description="The day of the vehicle's first registration anywhere.")
    ]
    owner_since: Annotated[
        Day, Field(description="Since when the present owner owns it in the register.")
    ]
    mortgages: Annotated[
        list[VehicleMortgage],
        Field(
            description="Mortgages that stand on the vehicle; discharged ones are gone.",
            max_length=20,
        ),
    ]
    freezes: Annotated[
        list[VehicleFreeze],
        Field(
            description="Freezes in the order in which they were entered; lifted ones are gone.",
            max_length=50,
        ),
    ]
    deregistration_reason: Annotated[
        DeregistrationReason | None, Field(description="Null while registered.")
    ]


class ParkingPermit(Contract):
    """
    A residential parking permit from its application on. The holder is the envelope's subject (role holder).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    zone: ZoneCode
    vehicle: Annotated[
        Urn, Field(description="The vehicle's record; the applicant owns it.")
    ]
    plate_number: PermitPlateNumber
    state: PermitState
    applied_on: Annotated[Day, Field(description="The day of the application.")]
    valid_from: Annotated[
        Day | None, Field(description="First day; null before a grant.")
    ]
    valid_until: Annotated[
        Day | None, Field(description="Last day; null before a grant.")
    ]
    decision: Annotated[
        PermitDecision | None,
        Field(description="The office's decision; null while it has taken none."),
    ]


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
