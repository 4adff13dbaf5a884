"""``Onewindow-Version``: the versions that a write answered and a read sends back."""

from __future__ import annotations

import re

from onewindow_kit.problems import InvalidRequest

HEADER = "Onewindow-Version"
MOST = 32
LONGEST = 6000
_ONE = re.compile(r"(urn:onewindow:[a-z0-9.-]{1,80}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22})@([1-9][0-9]{0,9})")


def parse(header: str | None) -> list[tuple[str, int]]:
    """``urn@version`` pairs, at most 32; InvalidRequest for anything else, an empty list without a header."""
    if header is None:
        return []
    parts = header.split(",")
    found = [_ONE.fullmatch(part.strip()) for part in parts] if len(parts) <= MOST else [None]
    versions = [(match[1], int(match[2])) for match in found if match]
    if len(versions) != len(found):
        raise InvalidRequest(
            errors=[{"path": HEADER, "reason": f"must be urn@version, at most {MOST} of them, separated by commas"}]
        )
    return versions


def read(raw: bytes | None) -> list[tuple[str, int]]:
    """As ``parse``, from the bytes of a request that no framework has looked at; at most 6,000 of them."""
    if raw is None:
        return []
    if len(raw) > LONGEST:
        raise InvalidRequest(errors=[{"path": HEADER, "reason": "string_too_long"}])
    return parse(raw.decode("latin-1"))
