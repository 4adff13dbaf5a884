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
from onewindow_contracts.models.records.housing_freeze import Freeze
from onewindow_contracts.models.records.housing_mortgage import Mortgage
from onewindow_contracts.models.records.housing_title import (
    Area,
    Ownership,
    Title,
    UnitCode,
)
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType


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
    notice_consents: Annotated[
        list[Urn],
        Field(
            description="The advance notices whose beneficiary has consented in writing.",
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
    notice_consents: Annotated[
        list[Urn],
        Field(
            description="The advance notices whose beneficiary has consented in writing.",
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
    notice_consents: Annotated[
        list[Urn],
        Field(
            description="The advance notices whose beneficiary has consented in writing.",
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
    notice_consents: Annotated[
        list[Urn],
        Field(
            description="The advance notices whose beneficiary has consented in writing.",
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
    notice_consents: Annotated[
        list[Urn],
        Field(
            description="The advance notices whose beneficiary has consented in writing.",
            max_length=100,
        ),
    ] = []
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


ImportedList = TypeAliasType(
    "ImportedList",
    Annotated[
        str,
        Field(
            description="One or several values with `;`, `；` or `、` between them.",
            max_length=4000,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


ImportedFen = TypeAliasType(
    "ImportedFen",
    Annotated[
        str,
        Field(
            description="A whole number of fen as text.",
            max_length=16,
            pattern="^(0|[1-9][0-9]{0,14})$",
        ),
    ],
)


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


class ImportedTitle(Contract):
    """
    A row of `import title`: a title as an older system has it, with its owners and at most one mortgage. Headers of a CSV file are the names or either label. Several owners, names and shares stand in one cell, with `;` or `、` between them.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    address: Annotated[Line, Field(description="Where the unit lies.")]
    area_m2: Area
    use: Annotated[
        Line, Field(description="A code of housing.uses or its Chinese name.")
    ]
    scheme: Annotated[
        CodeValue | None,
        Field(description="The scheme of the owners' numbers; cn-id when empty."),
    ] = None
    owner_numbers: Annotated[
        ImportedList,
        Field(
            description="The owners' identification numbers; exchanged for pseudonyms and stored nowhere."
        ),
    ]
    owner_names: Annotated[
        ImportedList, Field(description="The owners, in the same order.")
    ]
    owner_shares: Annotated[
        ImportedList | None,
        Field(
            description="The owners' shares n/d of the whole, in the same order; all or none."
        ),
    ] = None
    ownership: Annotated[
        CodeValue | None,
        Field(
            description="A code of housing.ownership; without it one owner is sole, several own by shares if there are any, else jointly."
        ),
    ] = None
    cause: Annotated[
        CodeValue | None,
        Field(description="A code of housing.causes; purchase when empty."),
    ] = None
    price_fen: Annotated[
        ImportedFen | None, Field(description="The price declared, in fen.")
    ] = None
    registered_on: Annotated[Day, Field(description="The day of the latest entry.")]
    certificate_number: Annotated[
        Line, Field(description="The number of the certificate in force.")
    ]
    mortgagee_name: Annotated[
        Name | None,
        Field(
            description="The creditor; empty when there is no mortgage, and then so are the other mortgage columns."
        ),
    ] = None
    mortgagee_code: Annotated[
        Uscc | None, Field(description="Its unified social credit code.")
    ] = None
    mortgage_certificate_number: Annotated[
        Line | None,
        Field(description="The number of the mortgage's certificate of entry."),
    ] = None
    mortgage_registered_on: Annotated[
        Day | None, Field(description="The day on which the mortgage was entered.")
    ] = None
    secured_fen: Annotated[
        ImportedFen | None, Field(description="The secured amount, in fen.")
    ] = None
    debt_from: Annotated[
        Day | None, Field(description="First day of the debt's term.")
    ] = None
    debt_until: Annotated[
        Day | None, Field(description="Last day of the debt's term.")
    ] = None
    no_transfer: Annotated[
        Literal["yes", "no", "是", "否"] | None,
        Field(
            description="Whether the parties agreed to forbid or restrict transfer; no when empty."
        ),
    ] = None
