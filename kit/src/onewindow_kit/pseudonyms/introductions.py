"""Introductions: a pseudonym that identity encrypted for one sector, carried there by a caller who cannot read it.

JWE (RFC 7516), compact, ``dir`` + ``A256GCM`` under the receiving sector's introduction key. Two introductions of one
person share nothing that the carrier could compare.
"""

from __future__ import annotations

import base64
import json
import time

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from onewindow_kit.keyring import Keyring, NoKey
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms.pseudonym import Pseudonym

LIFETIME = 900
"""Seconds until an introduction expires."""

_ALGORITHMS = ["dir", "A256GCM"]


class InvalidIntroduction(Problem):
    status, code, title = 409, "invalid-introduction", "The introduction is not for this sector, or it has expired"
    remedy = "Ask identity for a new introduction with this department's sector as the receiver, and use it at once."


def introduction(keyring: Keyring, pseudonym: Pseudonym) -> str:
    """The introduction of ``pseudonym`` to its own sector; NoKey unless the holder has that sector's key (identity)."""
    key_id, key = keyring.introduction(pseudonym.sector)
    header = {"alg": "dir", "enc": "A256GCM", "typ": "introduction+jwe", "kid": key_id}
    claims = {"sub": str(pseudonym), "exp": int(time.time()) + LIFETIME}
    sealing = OctKey.import_key(key)
    return jwe.encrypt_compact(header, json.dumps(claims).encode(), sealing, algorithms=_ALGORITHMS)


def open_introduction(keyring: Keyring, token: str, *, sector: str | None = None, at: float | None = None) -> Pseudonym:
    """The pseudonym inside; InvalidIntroduction for a foreign, changed or expired one.

    ``sector``: the one that must be named; by default any whose key this holder has. ``at`` (seconds since the epoch) is
    when it must have been good, for one that a record carries; by default now.
    """
    for receiver in (sector,) if sector else keyring.sectors:
        try:
            key = OctKey.import_key(keyring.introduction_key(receiver, _key_id(token)))
            opened = jwe.decrypt_compact(token, key, algorithms=_ALGORITHMS)
            if opened.protected.get("typ") != "introduction+jwe":
                raise InvalidIntroduction
            claims = json.loads(opened.plaintext or b"")
            pseudonym = Pseudonym.parse(claims["sub"])
            if pseudonym.sector != receiver or claims["exp"] < (time.time() if at is None else at):
                raise InvalidIntroduction
        except (JoseError, NoKey, ValueError, KeyError, TypeError):
            continue  # another of the holder's sectors may be the receiver
        return pseudonym
    raise InvalidIntroduction


def _key_id(token: str) -> str:
    """The key that the unprotected look at the header names; ValueError or KeyError for what is no JWE of ours."""
    part = token.partition(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))["kid"])
