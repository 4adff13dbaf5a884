"""Identity's settings besides those of every department."""

from __future__ import annotations

from pathlib import Path

from onewindow_kit.settings import ServiceSettings
from pydantic import Field


class IdentitySettings(ServiceSettings):
    """``dev_issuer`` makes identity the issuer of tokens too (``issuer`` is then its own address); otherwise ``issuer``
    names any OpenID provider whose tokens carry the claims that ``onewindow_kit.auth`` reads.

    ``clients``: the file of registered clients; ``sample_people``: who can be chosen on the login page;
    ``imports``: where refused rows of imports go;
    ``bank_verifier_url``: where bank cards are checked, none installed when empty.
    """

    dev_issuer: bool = False
    clients: Path = Path(".onewindow/keys/clients.json")
    sample_people: Path | None = None
    imports: Path = Path(".onewindow/imports")
    bank_verifier_url: str | None = None
    token_seconds: int = Field(600, ge=30, le=3600)
    move_expiry_seconds: float = Field(60.0, gt=0)
