"""Whether the record still has the entries behind its public hashes: asked of the record itself, which alone has the keys."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

from onewindow_local.environment import addresses, module_command, service_environment
from onewindow_local.instance import Instance

SHOWN = 5
"""Places named at most of each fault."""


@dataclass(frozen=True, slots=True)
class KeptEntries:
    """`missing` and `altered` are places of leaves; the others count what is as it should be."""

    held: int
    gone_lawfully: int
    erased: int
    missing: list[int]
    altered: list[int]

    @property
    def sound(self) -> bool:
        return not self.missing and not self.altered

    def line(self) -> str:
        """For people."""
        if self.sound:
            text = f"ENTRIES   {self.held:,} are there and hash to their leaves"
            gone = (f"{self.gone_lawfully:,} went by their term", f"{self.erased:,} with their people's erasure")
            return f"{text}; {', '.join(gone)}."
        faults = [
            f"{what} {_places(where)}"
            for what, where in (("missing", self.missing), ("altered", self.altered))
            if where
        ]
        return f"REJECTED  entries of the record: {'; '.join(faults)}."


def _places(where: list[int]) -> str:
    more = f" and {len(where) - SHOWN:,} more" if len(where) > SHOWN else ""
    return f"{len(where):,} (at {', '.join(f'{at:,}' for at in where[:SHOWN])}{more})"


def examine(instance: Instance) -> KeptEntries | None:
    """By a process of its own with the recorder's settings; None when it could not tell."""
    environment = service_environment(instance, addresses(instance), "recorder")
    command = module_command("gateway", "record", "check")
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    try:
        told = json.loads(run.stdout.strip().splitlines()[-1])
        names = ("held", "gone_lawfully", "erased", "missing", "altered")
        return KeptEntries(**{name: told[name] for name in names})
    except (ValueError, KeyError, IndexError):
        return None
