"""Refusals in OAuth's own words (RFC 6749 5.2), which its clients understand; problems are for everything else."""

from __future__ import annotations


class OAuthRefusal(Exception):
    """``error`` is one of RFC 6749's or RFC 8693's codes; ``description`` holds nothing about a person."""

    def __init__(self, error: str, description: str = "") -> None:
        super().__init__(error)
        self.error, self.description = error, description

    @property
    def status(self) -> int:
        return 401 if self.error == "invalid_client" else 400
