# Generated from contracts/records/oversight/revocation.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import AuthorityId, Contract, Instant
from pydantic import ConfigDict, Field


class Revocation(Contract):
    """
    A credential that no longer opens anything: in force while its newest version is neither ended nor erased.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["client", "officer", "token", "key"],
        Field(
            description="What is revoked: everything of a client, of one officer, one token, or all tokens bound to one key."
        ),
    ]
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
            description="Why, for whoever has to answer for it; names nobody.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ]
    since: Annotated[Instant, Field(description="When it was ordered.")]
    until: Annotated[
        Instant | None,
        Field(
            description="After this moment it says nothing any more, null without an end; a token's is its longest life."
        ),
    ]
