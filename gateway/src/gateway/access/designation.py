"""``python -m gateway canary``: people who do not exist become canaries, on the list that this holder alone can read."""

from __future__ import annotations

import asyncio
import sys
from typing import IO, Any

import orjson
from onewindow_kit.alarms.canaries import Canaries
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms import IdentityClient

from gateway.settings import GatewaySettings


def run(settings: GatewaySettings, lines: IO[str]) -> int:
    """One JSON object a line: ``scheme``, ``number``, ``name``. 0 when all of them are on the list; who they are is told
    to nobody and stored nowhere in clear."""
    people = [orjson.loads(line) for line in lines if line.strip()]
    try:
        found = asyncio.run(_resolved(settings, people))
    except Problem as problem:
        sys.stderr.write(f"Not designated: {problem.code}.\n")
        return 1
    keyring = Keyring.load(settings.keyring)
    fresh = Canaries(settings.canaries, keyring.blind).designate(found)
    sys.stdout.write(f"{fresh}\n")
    return 0


async def _resolved(settings: GatewaySettings, people: list[dict[str, Any]]) -> list[str]:
    issuer = settings.issuer_url or settings.issuer
    async with IdentityClient(settings.identity_url, issuer=issuer, keyring=Keyring.load(settings.keyring)) as identity:
        return [str(await identity.resolve(each["scheme"], each["number"], each["name"])) for each in people]
