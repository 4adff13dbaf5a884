"""How anybody checks the record of an instance: by our verifier, by other people's, and by one page of Python."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from onewindow_local.demo import stock
from onewindow_local.environment import module_command
from onewindow_local.instance import CHECKOUT, Instance

OWN_PAGE = CHECKOUT / "docs" / "verify_entry.py"

Told = subprocess.CompletedProcess[str]
"""What a checker said; 0 is a yes."""


@dataclass(frozen=True)
class Checkers:
    """`memory` is the folder in which the verifier keeps what it saw."""

    instance: Instance
    memory: Path

    @property
    def address(self) -> str:
        return f"{self.instance.url('gateway')}/v1/log"

    @property
    def keys(self) -> tuple[Path, Path]:
        return self.instance.keys / "log.pub", self.instance.folder / "witness" / "witness.pub"

    def verify(self, *more: str, place: str | Path | None = None) -> Told:
        """`onewindow verify`: of the instance's own log, or of what is laid out at another place under its name."""
        log, witness = self.keys
        told = ["--log-key", str(log), "--witness-key", str(witness), "--witness", self.instance.url("witness")]
        where = ["--memory", str(self.memory), "--patience", "3"]
        return _witness("verify", str(place or self.address), *told, *where, *more)

    def by_key(self, place: Path) -> Told:
        """What somebody finds who has the log's key and nothing else: no witness, nothing seen before."""
        told = ["--log-key", str(self.keys[0]), "--memory", str(self.memory), "--patience", "0"]
        return _witness("verify", str(place), *told)

    def entry(self, proof: Path) -> Told:
        log, witness = self.keys
        return _witness("entry", str(proof), "--log-key", str(log), "--witness-key", str(witness))

    def by_hand(self, proof: Path) -> Told:
        """The page of Python that any citizen may run."""
        command = [sys.executable, "-I", str(OWN_PAGE), str(proof), *map(str, self.keys)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def by_others(self, proof: Path, place: Path | None = None) -> Told:
        """A stock verifier, given the log's own tiles: does it continue the proof's checkpoint, and hold its entry?"""
        log, witness = self.keys
        keys = ["--log-key", str(log), "--witness-key", str(witness)]
        exported = _witness("prove", str(place or self.address), str(proof), *keys)
        if exported.returncode != 0:
            return exported
        return stock.verdict(json.loads(exported.stdout))


def _witness(*arguments: str) -> Told:
    command = module_command("onewindow_witness", *arguments)
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
