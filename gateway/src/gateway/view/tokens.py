"""``Onewindow-Version``: the versions that a write answered and a read sends back."""

from __future__ import annotations

import re

from onewindow_kit.problems import InvalidRequest

HEADER = "Onewindow-Version"
MOST = 32
_ONE = re.compile(r"(urn:onewindow:[a-z0-9.-]{1,80}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22})@([1-9][0-9]{0,9})")


def parse(header: str | None) -> list[tuple[str, int]]:
    """``urn@version`` pairs, at most 32; InvalidRequest for anything else, an empty list without a header."""
    if not header:
        return []
    parts = header.split(",")
    found = [_ONE.fullmatch(part.strip()) for part in parts] if len(parts) <= MOST else [None]
    versions = [(match[1], int(match[2])) for match in found if match]
    if len(versions) != len(found):
        raise InvalidRequest(
            errors=[{"path": HEADER, "reason": f"must be urn@version, at most {MOST} of them, separated by commas"}]
        )
    return versions
