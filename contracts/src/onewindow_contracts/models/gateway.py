# Generated from contracts/openapi/gateway.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    Contract,
    ContractName,
    CursorText,
    Day,
    Instant,
    Label,
    LegalBasis,
    Line,
    Pseudonym,
    Urn,
    Version,
    You,
)
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

RecordType = TypeAliasType(
    "RecordType",
    Annotated[
        str,
        Field(
            description="Department and record type, as in `housing.title`.",
            max_length=100,
            pattern="^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$",
        ),
    ],
)


FieldName = TypeAliasType(
    "FieldName",
    Annotated[
        str,
        Field(
            description="Department, record type and property of the body, as in `housing.title.use`; `you` stands for the own part in the record.",
            max_length=150,
            pattern="^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*\\.[a-z][a-z0-9_]*$",
        ),
    ],
)


ChangeId = TypeAliasType(
    "ChangeId",
    Annotated[
        str,
        Field(
            description="A place in the citizen's own sequence of changes; opaque.",
            max_length=128,
            min_length=1,
            pattern="^[A-Za-z0-9._:-]+$",
        ),
    ],
)


ProblemCode = TypeAliasType(
    "ProblemCode",
    Annotated[str, Field(max_length=80, pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$")],
)


Disputed = TypeAliasType(
    "Disputed",
    Annotated[
        list[Urn],
        Field(
            description="Open disputes about the record; absent where there is none.",
            max_length=1000,
            min_length=1,
        ),
    ],
)


class ViewRecord(Contract):
    """
    A record's envelope as its subject sees it; `body` follows the schema that `contract` names.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    you: Annotated[list[You], Field(max_length=10000)]
    disputed: Annotated[
        Disputed | None,
        Field(
            description="Open disputes about the record; absent where there is none."
        ),
    ] = None
    body: dict[str, Any]


class Series(Contract):
    """
    A long series in short.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: RecordType
    count: Annotated[StrictInt, Field(ge=0, le=2147483647)]
    href: Annotated[Line, Field(description="Where the whole series is.")]


RecordsAdditionalProperty = TypeAliasType(
    "RecordsAdditionalProperty", Annotated[list[ViewRecord], Field(max_length=10000)]
)


class Section(Contract):
    """
    What one department answers for.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    section: Line
    title: Label
    authorities: Annotated[
        list[AuthorityId],
        Field(description="Offices that answer for these records.", max_length=100),
    ]
    as_of: Annotated[
        Instant | None,
        Field(
            description="The section holds everything that the department had published by then."
        ),
    ]
    freshness: Annotated[
        float | None, Field(description="Seconds since as_of.", ge=0.0, le=1000000000.0)
    ]
    stale: Annotated[
        StrictBool,
        Field(description="The department has not been heard of for too long."),
    ]
    held: Annotated[
        list[RecordType],
        Field(
            description="Record types in which a newer version waits for mending.",
            max_length=10000,
        ),
    ]
    records: Annotated[
        dict[str, RecordsAdditionalProperty], Field(description="By record type.")
    ]
    series: Annotated[list[Series], Field(max_length=10000)]


class View(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    sections: Annotated[list[Section], Field(max_length=10000)]


class RecordPage(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: RecordType
    items: Annotated[list[ViewRecord], Field(max_length=10000)]
    next: Annotated[CursorText | None, Field(description="Cursor of the next page.")]


class ViewChange(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: ChangeId
    urn: Urn
    version: Version
    kind: Change
    type: RecordType


class ChangePage(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    changes: Annotated[list[ViewChange], Field(max_length=10000)]
    after: Annotated[ChangeId, Field(description="Send it as `after` next time.")]
    reset: Annotated[
        StrictBool,
        Field(description="The place asked for is unknown: read the view anew."),
    ]


ArgumentsAdditionalProperty = TypeAliasType(
    "ArgumentsAdditionalProperty",
    Annotated[
        str, Field(max_length=512, min_length=1, pattern="^[^\\x00-\\x1F\\x7F-\\x9F]+$")
    ],
)


Arguments = TypeAliasType(
    "Arguments", Annotated[dict[str, ArgumentsAdditionalProperty], Field(max_length=16)]
)


class CommandAnswer(Contract):
    """
    As the department's contract says.
    """

    model_config = ConfigDict(
        extra="allow",
    )


class SubjectByPseudonym(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Pseudonym


class SubjectByNumber(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[str, Field(max_length=40, pattern="^[a-z][a-z0-9-]*$")]
    number: Annotated[
        str, Field(max_length=40, min_length=1, pattern="^[0-9A-Za-z-]+$")
    ]
    name: Annotated[
        str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x1f\\x7f]+$")
    ]


class PurposeRecord(Contract):
    """
    A record's envelope cut to what the purpose allows; `body` holds only the fields asked for.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: RecordType
    urn: Urn
    version: Version
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    contract: ContractName
    subject: Annotated[
        list[You],
        Field(
            description="The person's own part in the record, where `<type>.you` was asked for; else empty.",
            max_length=10000,
        ),
    ]
    disputed: Annotated[
        Disputed | None,
        Field(
            description="Open disputes about the record; absent where there is none."
        ),
    ] = None
    body: dict[str, Any]


class PurposeSection(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    section: Line
    title: Label
    as_of: Annotated[
        Instant | None,
        Field(
            description="The section holds everything that the department had published by then."
        ),
    ]
    stale: StrictBool
    held: Annotated[list[RecordType], Field(max_length=10000)]
    records: Annotated[list[PurposeRecord], Field(max_length=10000)]


class PurposeWithheld(Contract):
    """
    A field that was asked for within the purpose and does not leave.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    field: FieldName
    reason: Literal[
        "not-in-contract",
        "without-class",
        "not-visible",
        "above-class",
        "not-assessed",
        "removed",
    ]


class PurposeView(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    purpose: Line
    sections: Annotated[list[PurposeSection], Field(max_length=10000)]
    withheld: Annotated[
        list[PurposeWithheld],
        Field(
            description="Empty when everything that was asked for may leave; a field that a record lacks is not withheld.",
            max_length=200,
        ),
    ]


class CodelistEntry(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: Line
    title: Label
    href: Line


class Code(Contract):
    model_config = ConfigDict(
        extra="allow",
    )
    code: Line
    zh: Line
    en: Line | None = None


class ContractEntry(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: Line
    kind: Literal["interface", "record"]
    title: Label
    href: Line


class Document(Contract):
    model_config = ConfigDict(
        extra="allow",
    )


class ProblemExplained(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    code: ProblemCode
    status: Annotated[StrictInt, Field(ge=400, le=599)]
    title: Label
    remedy: Label
    operations: Annotated[
        list[Line],
        Field(
            description="Where it can happen, as `department.operationId`.",
            max_length=10000,
        ),
    ]


Page = TypeAliasType(
    "Page",
    Annotated[
        str,
        Field(
            description="An HTML page that needs nothing from elsewhere.",
            max_length=4000000,
            pattern="^[^\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


class Command(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    path: Annotated[
        Arguments | None, Field(description="The operation's path parameters.")
    ] = None
    query: Annotated[
        Arguments | None, Field(description="The operation's query parameters.")
    ] = None
    body: Annotated[
        dict[str, Any] | None,
        Field(
            description="The operation's request body, as the department's contract says."
        ),
    ] = None


class PurposeRequest(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    purpose: Annotated[
        str,
        Field(
            description="Must be the token's.",
            max_length=100,
            pattern="^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*$",
        ),
    ]
    subject: Annotated[
        SubjectByPseudonym | SubjectByNumber, Field(description="Who is asked about.")
    ]
    fields: Annotated[list[FieldName], Field(max_length=200, min_length=1)]


class CodelistIndex(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    codelists: Annotated[list[CodelistEntry], Field(max_length=10000)]


class Codelist(Contract):
    model_config = ConfigDict(
        extra="allow",
    )
    name: Line
    title: Label
    norm: Line | None = None
    entries: Annotated[list[Code], Field(max_length=10000)]


class ContractIndex(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    contracts: Annotated[list[ContractEntry], Field(max_length=10000)]


class ProblemIndex(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    problems: Annotated[list[ProblemExplained], Field(max_length=10000)]
