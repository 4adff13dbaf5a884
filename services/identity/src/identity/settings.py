"""Identity's settings besides those of every department."""

from __future__ import annotations

from pathlib import Path

from onewindow_kit.settings import ServiceSettings
from pydantic import Field


class IdentitySettings(ServiceSettings):
    """``dev_issuer`` makes identity the issuer of tokens too (``issuer`` is then its own address); otherwise ``issuer``
    names any OpenID provider whose tokens carry the claims that ``onewindow_kit.auth`` reads.
    """

    dev_issuer: bool = False
    """Whether identity issues the tokens too, with a login page of sample people: for development only."""
    clients: Path = Path(".onewindow/keys/clients.json")
    """That issuer's registered clients."""
    sample_people: Path | None = None
    """Who can be chosen on its login page."""
    imports: Path = Path(".onewindow/imports")
    """Where files of refused rows go."""
    bank_verifier_url: str | None = None
    """Where bank cards are checked for real-name checks; none installed when empty."""
    token_seconds: int = Field(600, ge=30, le=600)
    """Seconds that an issued access token lives; ten minutes at most."""
    move_expiry_seconds: float = Field(60.0, gt=0)
    """Seconds between two looks for moving certificates that have expired."""
