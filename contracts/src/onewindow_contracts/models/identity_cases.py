# Generated from contracts/openapi/identity/cases.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Any

from onewindow_contracts.common import (
    CaseBody,
    Contract,
    CursorText,
    Pseudonym,
    Urn,
    Version,
)
from pydantic import ConfigDict, Field


class CaseFile(Contract):
    """
    A case. `content` and `applicant` are null for who is only a party to it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: CaseBody
    applicant: Annotated[Pseudonym | None, Field(description="Who applied.")]
    content: Annotated[dict[str, Any] | None, Field(description="What was asked for.")]


class CasePage(Contract):
    """
    A page of cases.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[CaseFile], Field(max_length=200, min_length=0)]
    next: CursorText | None
