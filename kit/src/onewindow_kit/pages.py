"""Cursor pagination: the cursor is opaque to callers, and a foreign one is refused, never guessed at."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from onewindow_kit.problems import InvalidCursor

LIMIT_DEFAULT, LIMIT_MAX = 50, 200


def encode(*position: Any) -> str:
    """The cursor for a position (JSON scalars): base64url without padding, so it needs no quoting in a URL."""
    raw = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The position behind ``cursor``, None without one; InvalidCursor unless its parts have exactly these ``kinds``."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        position = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise InvalidCursor from error
    if not isinstance(position, list) or [type(part) for part in position] != list(kinds):
        raise InvalidCursor
    if any(isinstance(part, str) and not part.isprintable() for part in position):
        raise InvalidCursor
    return tuple(position)
