"""From a signed token's claims to who calls: what is missing or malformed is nobody."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from onewindow_kit.callers import Principal

KINDS = ("citizen", "representative", "agency", "service", "operator")
LOOK = "urn:onewindow:look"
"""The ``type`` of the authorization details (RFC 9396) that bind a purpose and a case."""
LIFETIME = 600
"""Seconds: the longest life of any token. A verifier refuses longer ones, whoever issued them."""
LEEWAY = 5
"""Seconds that two machines' clocks may differ."""


def principal(claims: Mapping[str, Any], issuer: str, audience: str) -> Principal | None:
    """Who calls ``audience``; None for a token that is not ``issuer``'s for it, is not of now, or lacks a claim."""
    moment = time.time()
    named = claims.get("aud")
    audiences = named if isinstance(named, list) else [named]
    expires, issued = claims.get("exp"), claims.get("iat")
    well_formed = (
        claims.get("iss") == issuer
        and audience in audiences
        and type(expires) is int
        and type(issued) is int
        and moment < expires <= issued + LIFETIME
        and issued <= moment + LEEWAY
        and claims.get("kind") in KINDS
        and all(isinstance(claims.get(name), str) and claims[name] for name in ("sub", "jti", "client_id"))
        and all(isinstance(claims.get(name, ""), str) for name in ("sector", "authority"))
        and (claims["kind"] != "agency" or claims.get("authority"))
        and (claims["kind"] != "representative" or _acting(claims, "sub"))  # an organisation never acts by itself
    )
    bound = _look(claims)
    thumbprint = _thumbprint(claims)
    if not well_formed or bound is None or thumbprint == "":
        return None
    return Principal(
        kind=claims["kind"],
        subject=claims["sub"],
        sector=claims.get("sector", ""),
        client_id=claims["client_id"],
        token_id=claims["jti"],
        expires_at=expires,  # type: ignore[arg-type]  # an int, as checked above
        authority=claims.get("authority"),
        purpose=bound[0],
        actor=_acting(claims, "sub"),
        case=bound[1],
        thumbprint=thumbprint,
        unit=_acting(claims, "unit"),
    )


def _acting(claims: Mapping[str, Any], what: str) -> str | None:
    """Who acts for the subject (RFC 8693, 4.1), and in which unit of the office."""
    actor = claims.get("act")
    named = actor.get(what) if isinstance(actor, dict) else None
    return named if isinstance(named, str) and named else None


def _look(claims: Mapping[str, Any]) -> tuple[str | None, str | None] | None:
    """Purpose and case; None for details that are not as we issue them: what is not understood binds nothing."""
    details = claims.get("authorization_details")
    if details is None:
        return None, None
    if not isinstance(details, list) or len(details) != 1 or not isinstance(details[0], dict):
        return None
    [detail] = details
    purpose, case = detail.get("purpose"), detail.get("case")
    known = detail.get("type") == LOOK and detail.keys() <= {"type", "purpose", "case"}
    if (
        not known
        or not isinstance(purpose, str)
        or not purpose
        or not (case is None or (isinstance(case, str) and case))
    ):
        return None
    return purpose, case


def _thumbprint(claims: Mapping[str, Any]) -> str | None:
    """``cnf.jkt``; None where the token is bound to no key, "" where it is bound to something else than we know."""
    confirmation = claims.get("cnf")
    if confirmation is None:
        return None
    named = confirmation.get("jkt") if isinstance(confirmation, dict) else None
    return named if isinstance(named, str) else ""
