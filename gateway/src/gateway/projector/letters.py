"""``python -m gateway letters``: an erasure reaches what the projector kept aside."""

from __future__ import annotations

import asyncio
from typing import TextIO

import orjson
from onewindow_kit.erasing import letters
from onewindow_kit.keyring import Keyring

from gateway.settings import GatewaySettings
from gateway.view.shapes import GATEWAY


def run(settings: GatewaySettings, lines: TextIO) -> int:
    """``lines``: pseudonyms of all sectors and URNs of changed records; prints how many letters went, as JSON."""
    names = [line.strip() for line in lines if line.strip()]
    told = asyncio.run(letters(GATEWAY, settings, Keyring.load(settings.keyring), names))
    print(orjson.dumps(told).decode())
    return 0
