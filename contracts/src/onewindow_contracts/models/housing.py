# Generated from contracts/openapi/housing.v1.yaml by `onewindow contracts generate`; do not edit.

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
    Fen,
    Id,
    Instant,
    LegalBasis,
    Line,
    Name,
    Pseudonym,
    Share,
    Subject,
    Urn,
    Uscc,
    Version,
)
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

Area = TypeAliasType(
    "Area",
    Annotated[
        str,
        Field(
            description="Square metres with two decimals, as text so that it stays exact.",
            max_length=11,
            pattern="^(0|[1-9][0-9]{0,7})[.][0-9]{2}$",
        ),
    ],
)


Cause = TypeAliasType(
    "Cause",
    Annotated[
        Literal[
            "purchase",
            "gift",
            "exchange",
            "construction",
            "allocation",
            "inheritance",
            "judgment",
            "agreement",
            "demolition",
            "expropriation",
            "abandonment",
        ],
        Field(description="Why the latest entry of a right was made."),
    ],
)


Ownership = TypeAliasType(
    "Ownership",
    Annotated[
        Literal["sole", "joint", "by-shares"],
        Field(
            description="Sole, joint (no fractions) or by shares that sum to exactly one (Civil Code 297 to 299)."
        ),
    ],
)


UnitCode = TypeAliasType(
    "UnitCode",
    Annotated[
        str,
        Field(
            description="GB/T 37346, 28 characters: division 6, cadastral zone 3, sub-zone 3, parcel kind 2, parcel 5, fixture kind 1, fixture 8.",
            max_length=28,
            min_length=28,
            pattern="^[1-9][0-9]{11}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$",
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


class Freeze(Contract):
    """
    An authority's order that stops every disposal of a title. Its subjects (role owner) are the title's present owners.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The frozen title.")]
    unit_code: UnitCode
    ordered_by: Annotated[
        Name, Field(description="The court or authority that ordered the freeze.")
    ]
    order_number: Annotated[Line, Field(description="The number of the order.")]
    since: Annotated[Day, Field(description="First day of the freeze.")]
    until: Annotated[
        Day,
        Field(description="Last day of the freeze; it lapses by itself the day after."),
    ]
    ended_on: Annotated[
        Day | None,
        Field(description="The day on which it was lifted; null while it stands."),
    ]


class SnapshotPage(Contract):
    """
    Some records and where to go on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[Envelope], Field(max_length=200)]
    next: Annotated[
        CursorText | None, Field(description="Pass it on as `cursor`; null at the end.")
    ]


class Republication(Contract):
    """
    What was sent again.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    republished: Annotated[
        StrictInt, Field(description="How many records.", ge=0, le=9007199254740991)
    ]


class Owner(Contract):
    """
    Who is to own, under which name, and how much of the whole.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Annotated[
        Pseudonym, Field(description="The person's housing pseudonym.")
    ]
    name: Annotated[
        Name,
        Field(
            description="The name as registered; kept sealed, for the certificate only."
        ),
    ]
    share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title; none in joint ownership. Where nobody's is stated, all are equal."
        ),
    ] = None


class RegisterTitle(Contract):
    """
    What a first registration enters.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    address: Annotated[Line, Field(description="Where the unit lies.")]
    area_m2: Area
    use: CodeValue
    cause: Annotated[
        Literal["purchase", "construction", "allocation", "judgment"],
        Field(description="Why the owners own."),
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
            description="The owners are a family; decides what an unstated form means."
        ),
    ] = False
    owners: Annotated[
        list[Owner], Field(description="Who is to own.", max_length=100, min_length=1)
    ]
    price_fen: Annotated[
        Fen | None, Field(description="The price declared, in fen.")
    ] = None
    effective_on: Annotated[
        Day | None,
        Field(
            description="Only for a judgment, the day on which it became final; everything else takes effect on entry."
        ),
    ] = None
    legal_basis: LegalBasis


class TransferTitle(Contract):
    """
    What a transfer of the whole unit enters.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cause: Annotated[
        Literal["purchase", "gift", "exchange", "judgment"],
        Field(description="Why it passes on."),
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
            description="The owners are a family; decides what an unstated form means."
        ),
    ] = False
    owners: Annotated[
        list[Owner], Field(description="Who is to own.", max_length=100, min_length=1)
    ]
    consents: Annotated[
        list[Pseudonym],
        Field(
            description="The present owners who have signed; a judgment needs none.",
            max_length=100,
        ),
    ] = []
    mortgagee_consents: Annotated[
        list[Urn],
        Field(
            description="The mortgages whose mortgagee has consented in writing.",
            max_length=100,
        ),
    ] = []
    price_fen: Annotated[
        Fen | None, Field(description="The price declared, in fen.")
    ] = None
    effective_on: Annotated[
        Day | None,
        Field(
            description="Only for a judgment, the day on which it became final; everything else takes effect on entry."
        ),
    ] = None
    legal_basis: LegalBasis


class TransferShare(Contract):
    """
    What a transfer of a share enters.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cause: Annotated[
        Literal["purchase", "gift", "exchange", "judgment"],
        Field(description="Why it passes on."),
    ]
    giver: Annotated[Pseudonym, Field(description="The person's housing pseudonym.")]
    share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title that is handed over; unstated means all that the giver has."
        ),
    ] = None
    owners: Annotated[
        list[Owner], Field(description="Who is to own.", max_length=100, min_length=1)
    ]
    consented: Annotated[
        StrictBool,
        Field(description="The giver has signed; a judgment does not need it."),
    ] = False
    notified_on: Annotated[
        Day | None,
        Field(
            description="The day on which the other owners were told of the sale and its terms."
        ),
    ] = None
    waivers: Annotated[
        list[Pseudonym],
        Field(
            description="The other owners who waived their first refusal.",
            max_length=100,
        ),
    ] = []
    mortgagee_consents: Annotated[
        list[Urn],
        Field(
            description="The mortgages whose mortgagee has consented in writing.",
            max_length=100,
        ),
    ] = []
    price_fen: Annotated[
        Fen | None, Field(description="The price declared, in fen.")
    ] = None
    effective_on: Annotated[
        Day | None,
        Field(
            description="Only for a judgment, the day on which it became final; everything else takes effect on entry."
        ),
    ] = None
    legal_basis: LegalBasis


class AgreedShare(Contract):
    """
    What one of the present owners is to have.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Annotated[
        Pseudonym, Field(description="The person's housing pseudonym.")
    ]
    share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title; none in joint ownership. Where nobody's is stated, all are equal."
        ),
    ] = None


class VaryShares(Contract):
    """
    What the present owners agreed on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ownership: Ownership
    owners: Annotated[
        list[AgreedShare],
        Field(description="All present owners.", max_length=100, min_length=1),
    ]
    consents: Annotated[
        list[Pseudonym],
        Field(
            description="The present owners who have signed; a judgment needs none.",
            max_length=100,
        ),
    ]
    mortgagee_consents: Annotated[
        list[Urn],
        Field(
            description="The mortgages whose mortgagee has consented in writing.",
            max_length=100,
        ),
    ] = []
    legal_basis: LegalBasis


class SucceedToTitle(Contract):
    """
    Who takes the place of a dead owner.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    deceased: Annotated[Pseudonym, Field(description="The person's housing pseudonym.")]
    ownership: Annotated[
        Ownership | None,
        Field(
            description="Unstated means sole for one owner, joint for a family, else by shares."
        ),
    ] = None
    family: Annotated[
        StrictBool,
        Field(
            description="The owners are a family; decides what an unstated form means."
        ),
    ] = False
    owners: Annotated[
        list[Owner], Field(description="Who is to own.", max_length=100, min_length=1)
    ]
    legal_basis: LegalBasis


class VaryTitle(Contract):
    """
    What has changed; at least one of the three.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    address: Annotated[Line | None, Field(description="Where the unit lies.")] = None
    area_m2: Annotated[Area | None, Field(description="Square metres.")] = None
    use: Annotated[CodeValue | None, Field(description="What the building is for.")] = (
        None
    )
    legal_basis: LegalBasis


class RegisteredName(Contract):
    """
    An owner's name as registered.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Annotated[
        Pseudonym, Field(description="The person's housing pseudonym.")
    ]
    name: Annotated[
        Name,
        Field(
            description="The name as registered; kept sealed, for the certificate only."
        ),
    ]


class CancelTitle(Contract):
    """
    Why the right has ended.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    cause: Annotated[
        Literal["demolition", "expropriation", "abandonment", "judgment"],
        Field(description="Giving it up needs the owners' consent like any disposal."),
    ]
    consents: Annotated[
        list[Pseudonym],
        Field(
            description="The present owners who have signed; a judgment needs none.",
            max_length=100,
        ),
    ] = []
    effective_on: Annotated[
        Day | None,
        Field(
            description="Only for a judgment, the day on which it became final; everything else takes effect on entry."
        ),
    ] = None
    legal_basis: LegalBasis


class FindTitleByUnit(Contract):
    """
    Which unit.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode


class FindTitlesByOwner(Contract):
    """
    Whose titles.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    owner: Annotated[Pseudonym, Field(description="The person's housing pseudonym.")]


class RegisterMortgage(Contract):
    """
    What the entry of a mortgage says.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["ordinary", "maximum"], Field(description="Ordinary or maximum-amount.")
    ]
    mortgagee_name: Annotated[Name, Field(description="The creditor.")]
    mortgagee_code: Uscc
    secured_fen: Fen
    debt_from: Day
    debt_until: Day
    no_transfer: Annotated[
        StrictBool,
        Field(description="The parties agreed to forbid or restrict transfer."),
    ]
    consents: Annotated[
        list[Pseudonym],
        Field(
            description="The present owners who have signed; a judgment needs none.",
            max_length=100,
        ),
    ]
    legal_basis: LegalBasis


ReleaseNumber = TypeAliasType(
    "ReleaseNumber",
    Annotated[
        str,
        Field(
            description="The mortgagee's number of its declaration that the debt is paid; who knows it can have the mortgage cancelled.",
            max_length=40,
            min_length=12,
            pattern="^[0-9A-Z-]+$",
        ),
    ],
)


class ReleaseMortgage(Contract):
    """
    The mortgagee's declaration.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    release_number: ReleaseNumber
    legal_basis: LegalBasis


class CancelMortgage(Contract):
    """
    The application of an owner.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    release_number: ReleaseNumber


class RegisterFreeze(Contract):
    """
    What the order says.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ordered_by: Annotated[Name, Field(description="The court or authority.")]
    order_number: Annotated[Line, Field(description="The number of the order.")]
    since: Annotated[
        Day | None, Field(description="First day; unstated means today.")
    ] = None
    until: Annotated[Day, Field(description="Last day.")]
    legal_basis: LegalBasis


class LiftFreeze(Contract):
    """
    What lifts it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    legal_basis: LegalBasis


class Holder(Contract):
    """
    An owner on the certificate.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[
        Name,
        Field(
            description="The name as registered; kept sealed, for the certificate only."
        ),
    ]
    share: Annotated[
        Share | None,
        Field(
            description="The part of the whole title; none in joint ownership. Where nobody's is stated, all are equal."
        ),
    ]


class Certificate(Contract):
    """
    What the register says of a title at one version, with the owners' names.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[Id, Field(description="To verify it by.")]
    title: Urn
    version: Version
    authority: AuthorityId
    certificate_number: Line
    unit_code: UnitCode
    address: Line
    area_m2: Area
    use: CodeValue
    ownership: Ownership
    holders: Annotated[
        list[Holder],
        Field(description="The owners in the register.", max_length=1000, min_length=1),
    ]
    registered_on: Day
    mortgages: Annotated[
        StrictInt, Field(description="How many mortgages are in force.", ge=0, le=1000)
    ]
    frozen: Annotated[StrictBool, Field(description="A freeze is in force.")]
    issued_at: Instant


class Verification(Contract):
    """
    What anyone may know of a certificate.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Id
    authority: AuthorityId
    issued_at: Instant
    current: Annotated[
        StrictBool, Field(description="The title has not changed since.")
    ]


class Title(Contract):
    """
    The title to one real-estate unit as the register holds it. Its owners are the envelope's subjects (role owner; part: the owner's share, null in joint ownership).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    address: Annotated[Line, Field(description="Where the unit lies.")]
    area_m2: Area
    use: Annotated[CodeValue, Field(description="What the building is for.")]
    ownership: Ownership
    certificate_number: Annotated[
        Line,
        Field(description="The number of the certificate of registration in force."),
    ]
    entry: Annotated[
        Literal["first", "variation", "transfer", "correction", "cancellation"],
        Field(description="The type of the latest entry in the register."),
    ]
    cause: Cause
    registered_on: Annotated[
        Day, Field(description="The day on which the owners' right was last entered.")
    ]
    price_fen: Annotated[
        Fen | None,
        Field(
            description="The price declared at the latest transfer; null when none was declared."
        ),
    ]
    disposable: Annotated[
        StrictBool,
        Field(
            description="False while an owner is dead and the heirs are not yet registered."
        ),
    ]


class MortgageRecord(Contract):
    """
    A mortgage at one version.
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
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: Mortgage


class FreezeRecord(Contract):
    """
    A freeze at one version.
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
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: Freeze


class MortgagePage(Contract):
    """
    Some mortgages and where to go on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[MortgageRecord], Field(max_length=200)]
    next: Annotated[
        CursorText | None, Field(description="Pass it on as `cursor`; null at the end.")
    ]


class FreezePage(Contract):
    """
    Some freezes and where to go on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[FreezeRecord], Field(max_length=200)]
    next: Annotated[
        CursorText | None, Field(description="Pass it on as `cursor`; null at the end.")
    ]


class CorrectTitle(Contract):
    """
    What was wrong; at least one of the four.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    address: Annotated[Line | None, Field(description="Where the unit lies.")] = None
    area_m2: Annotated[Area | None, Field(description="Square metres.")] = None
    use: Annotated[CodeValue | None, Field(description="What the building is for.")] = (
        None
    )
    legal_basis: LegalBasis
    names: Annotated[
        list[RegisteredName],
        Field(
            description="Owners' names as they should have been registered.",
            max_length=100,
            validate_default=True,
        ),
    ] = []


class TitleRecord(Contract):
    """
    A title at one version.
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
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: Title


class TitlePage(Contract):
    """
    Some titles and where to go on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[TitleRecord], Field(max_length=200)]
    next: Annotated[
        CursorText | None, Field(description="Pass it on as `cursor`; null at the end.")
    ]
