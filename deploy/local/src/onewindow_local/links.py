"""Every pseudonym of one person, from identity's own link records."""

from __future__ import annotations

import base64
import json
import subprocess
from typing import Any

from onewindow_local import people
from onewindow_local.environment import addresses, module_command, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance
from onewindow_local.tokens import Issuer


def names_of(instance: Instance, who: str) -> list[str]:
    """``who``: a sample person's name, or a pseudonym of the gateway's sector. LocalError when nobody is known by it.

    Of two link records that list a pseudonym the one of the later decision holds it: after a split the list is one's own.
    """
    name = who if who.startswith("gateway.") else _subject(instance, who)
    links = list(_links(instance))
    listing = [each for each in links if name in _listed(each)]
    if not listing:
        raise LocalError("Nobody is known by that pseudonym.", "It is one of the gateway's sector, or a sample person.")
    own = max(listing, key=lambda each: (_order(each), not _gone(each)))
    lost = {
        each
        for other in links
        if other is not own and _order(other) > _order(own)
        for each in (*_listed(other), *(other["body"].get("retired") or ()))
    }
    return [each for each in _listed(own) if each not in lost]


def _subject(instance: Instance, ref: str) -> str:
    people.find(instance, ref)
    token = Issuer(instance).citizen(ref)["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))["sub"]


def _links(instance: Instance) -> list[dict[str, Any]]:
    told = service_environment(instance, addresses(instance), "identity")
    done = subprocess.run(
        module_command("identity", "snapshot", "link"), env=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LocalError("Identity's link records could not be read.", "./onewindow status shows what runs.")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _listed(link: dict[str, Any]) -> list[str]:
    return [each["pseudonym"] for each in link["body"]["pseudonyms"]]


def _order(link: dict[str, Any]) -> int:
    return link["body"].get("order") or 0


def _gone(link: dict[str, Any]) -> bool:
    return not any(each["current"] for each in link["body"]["pseudonyms"])
