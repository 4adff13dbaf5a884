# Generated from contracts/openapi/oversight/credentials.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Contract,
    CursorText,
    Id,
    Instant,
    Urn,
    Version,
)
from onewindow_contracts.models.oversight import OfficerId
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

RevocationKind = TypeAliasType(
    "RevocationKind",
    Annotated[
        Literal["client", "officer", "token", "key"],
        Field(description="What is revoked."),
    ],
)


class LockOrder(Contract):
    """
    Who is locked and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    organisation: Annotated[
        str,
        Field(
            description="The office; a department for its own service.",
            max_length=72,
            pattern="^[a-z][a-z0-9.-]{0,71}$",
        ),
    ]
    officer: Annotated[
        OfficerId | None, Field(description="The officer; null for the whole office.")
    ]
    reason: Annotated[
        str,
        Field(
            description="Why; names nobody.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ]


class LiftOrder(Contract):
    """
    Why it ends.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[
        str,
        Field(
            description="Why; names nobody.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ]


Reason = TypeAliasType(
    "Reason",
    Annotated[
        str,
        Field(
            description="Why.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


class Order(Contract):
    """
    Who ordered something, and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    by: Annotated[
        str,
        Field(
            description="The office or client.",
            max_length=72,
            pattern="^[a-z][a-z0-9.-]{0,71}$",
        ),
    ]
    officer: Annotated[
        OfficerId | None,
        Field(
            description="The officer; null for an operator, or for what an alarm brought about."
        ),
    ]
    at: Instant
    reason: Annotated[
        Reason | None,
        Field(description="In words; null for what an alarm brought about."),
    ]


class RevocationFile(Contract):
    """
    A revocation, who ordered it and who lifted it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    kind: RevocationKind
    value: Annotated[
        str,
        Field(
            description="What it names.",
            max_length=200,
            min_length=1,
            pattern="^[!-~]{1,200}$",
        ),
    ]
    organisation: AuthorityId | None
    until: Instant | None
    put: Order
    lifted: Annotated[Order | None, Field(description="Null while it holds.")]


class RevocationPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[RevocationFile],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class LockFile(Contract):
    """
    A lock, what led to it and who lifted it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    organisation: Annotated[
        str,
        Field(
            description="The office; a department for its own service.",
            max_length=72,
            pattern="^[a-z][a-z0-9.-]{0,71}$",
        ),
    ]
    officer: OfficerId | None
    cause: Annotated[
        Literal["budget", "canary", "repeat", "sequential", "supervisor"],
        Field(description="What led to it."),
    ]
    alarm: Annotated[
        Id | None,
        Field(description="The alarm that brought it about; null for an order."),
    ]
    put: Order
    lifted: Annotated[Order | None, Field(description="Null while it holds.")]


class LockPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[LockFile],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


Purpose = TypeAliasType(
    "Purpose",
    Annotated[
        str,
        Field(
            description="The purpose.",
            max_length=100,
            pattern="^[a-z][a-z0-9.-]{0,99}$",
        ),
    ],
)


Budget = TypeAliasType(
    "Budget",
    Annotated[
        str,
        Field(
            description="The budget's name.", max_length=100, pattern="^[!-~]{1,100}$"
        ),
    ],
)


Limit = TypeAliasType(
    "Limit",
    Annotated[
        StrictInt, Field(description="How many it allows.", ge=0, le=9007199254740991)
    ],
)


Count = TypeAliasType(
    "Count",
    Annotated[
        StrictInt, Field(description="How many there were.", ge=0, le=9007199254740991)
    ],
)


class Alarm(Contract):
    """
    What somebody's looks gave rise to.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Id
    at: Instant
    kind: Annotated[
        Literal["budget", "canary", "repeat", "sequential", "enumeration"],
        Field(description="What happened."),
    ]
    organisation: Annotated[
        str,
        Field(
            description="The office; a department for its own service.",
            max_length=72,
            pattern="^[a-z][a-z0-9.-]{0,71}$",
        ),
    ]
    client: Annotated[
        str,
        Field(
            description="The client.", max_length=72, pattern="^[a-z][a-z0-9.-]{0,71}$"
        ),
    ]
    officer: Annotated[OfficerId | None, Field(description="Null for a machine.")]
    scope: Annotated[
        Literal["officer", "organisation"], Field(description="Whose looks it counts.")
    ]
    purpose: Annotated[Purpose | None, Field(description="The purpose.")]
    budget: Annotated[Budget | None, Field(description="The budget's name.")]
    limit: Annotated[Limit | None, Field(description="How many it allows.")]
    count: Annotated[Count | None, Field(description="How many there were.")]
    entry: Annotated[
        Id | None, Field(description="The entry of the look that gave rise to it.")
    ]


class AlarmPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[Alarm], Field(description="In order of URN.", max_length=200, min_length=0)
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class RevocationOrder(Contract):
    """
    What is revoked and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: RevocationKind
    value: Annotated[
        str,
        Field(
            description="The client's id, the officer's id in their office, the token's id (jti), or the key's thumbprint (RFC 7638).",
            max_length=200,
            min_length=1,
            pattern="^[!-~]{1,200}$",
        ),
    ]
    organisation: Annotated[
        AuthorityId | None,
        Field(description="The officer's office; null for the other kinds."),
    ]
    reason: Annotated[
        str,
        Field(
            description="Why; names nobody.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ]
    until: Annotated[
        Instant | None,
        Field(description="When it may be forgotten; null without an end."),
    ]
