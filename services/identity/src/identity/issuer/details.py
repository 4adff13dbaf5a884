"""What an office's token is bound to (RFC 9396): one purpose of its own, and the case where there is one.

The issuer refuses what nobody could use: an unknown purpose, another office's, one that wants an officer whom nobody
named. Whether the purpose is in force and the case fits is decided, and recorded, at each look.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from onewindow_contracts.models import identity as api
from onewindow_contracts.purposes import Purpose
from onewindow_kit.auth.claims import LOOK
from pydantic import TypeAdapter, ValidationError

from identity.issuer.assertions import Proof
from identity.issuer.errors import OAuthRefusal

_DETAILS = TypeAdapter(list[api.LookDetails])


def bound(asked: str | None, proof: Proof, purposes: Mapping[str, Purpose]) -> api.LookDetails:
    """The one detail that ``asked`` (JSON) states; OAuthRefusal ``invalid_authorization_details``."""
    try:
        [detail] = _DETAILS.validate_python(orjson.loads(asked or "[]"))
    except (orjson.JSONDecodeError, ValidationError, ValueError, TypeError) as error:
        raise OAuthRefusal(
            "invalid_authorization_details", f'An office states one detail: [{{"type": "{LOOK}", "purpose": "…"}}].'
        ) from error
    purpose = purposes.get(detail.purpose)
    office = (proof.client.authority or "").rpartition(".")[2]
    if purpose is None or purpose.holder != office:
        raise OAuthRefusal("invalid_authorization_details", "The office holds no such purpose.")
    if purpose.acting_person and proof.officer is None:
        raise OAuthRefusal(
            "invalid_authorization_details",
            "A person acts for this purpose: the assertion names the officer (act.sub).",
        )
    return detail
