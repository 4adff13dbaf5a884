"""A decided erasure of one person, step by step through all who hold something: each step again is harmless.

Every step runs as the process of its holder, with that holder's keys and rights, and is told the pseudonyms of its own
sector and of those whom its own topics address, on stdin. The plan lies beside the keys while the erasure is under way: once
identity has forgotten the person nobody else could say any more who it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from onewindow_contracts import loader
from onewindow_contracts.loader import Contracts

from onewindow_local import links
from onewindow_local.environment import addresses, module_command, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS, Instance

ROUNDS = 3
"""How often departments are gone through: one that was at work for the person meanwhile may have published anew."""


def loaded() -> Contracts:
    folders = os.environ.get("ONEWINDOW_CONTRACTS", "")
    return loader.load([Path(part) for part in folders.split(os.pathsep) if part] or None)


@dataclass
class Plan:
    """``names``: the person's pseudonyms in all sectors; ``urns``: records that were changed; ``done``: it is over."""

    file: Path
    names: list[str]
    urns: list[str] = field(default_factory=list)
    done: bool = False

    @classmethod
    def of(cls, instance: Instance, who: str) -> Plan:
        """The one under way for ``who`` (a sample person's name or a gateway pseudonym), or a new one, not stored yet."""
        file = instance.keys / "erasures" / f"{hashlib.sha256(who.encode()).hexdigest()[:32]}.json"
        if file.exists():
            return cls(file, **json.loads(file.read_text()))
        return cls(file, links.names_of(instance, who))

    def store(self) -> None:
        self.file.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = self.file.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({name: value for name, value in asdict(self).items() if name != "file"}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.file)


class Erasing:
    """``departments``: all, identity last, whose link record leads to the person."""

    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.plan = plan
        self._instance = instance
        self._contracts = loaded()
        others = [name for name in (*DEPARTMENTS, *instance.guests) if name != "identity"]
        self.departments = [*others, "identity"]

    def find(self) -> dict[str, dict[str, dict[str, int]]]:
        """By department: how many records of each type concern the person ``alone``, and how many are ``shared``."""
        found = self._all(["erase", "find"], [])
        return {name: {kind: told[kind] for kind in ("alone", "shared")} for name, told in found.items()}

    def carry_out(self, legal_basis: str) -> Iterator[tuple[str, int]]:
        """What was done, and how often, as it is done."""
        self.plan.store()
        yield from self._records(self.departments, legal_basis)
        yield from self._letters()
        for _ in range(ROUNDS):
            left = [name for name, told in self.find().items() if told["alone"] or told["shared"]]
            if not left:
                break
            yield from self._records(left, legal_basis)
            yield from self._letters()
        else:
            raise LocalError(
                f"{', '.join(left)} published records of this person again and again.",
                "Run the same command once more; what was erased stays so.",
            )
        # Last, so that looks of the past seconds have reached the record too.
        told = self._run("recorder", "gateway", ["record", "erase"], self.plan.names)
        yield "access record: keys destroyed", told["erased"]
        self.plan.names, self.plan.urns, self.plan.done = [], [], True
        self.plan.store()

    def _records(self, departments: list[str], legal_basis: str) -> Iterator[tuple[str, int]]:
        for name in departments:
            told = self._run(name, name, ["erase", "records", "--legal-basis", legal_basis], self._names(name))
            self.plan.urns = sorted({*self.plan.urns, *told["urns"]})
            self.plan.store()
            yield f"{name}: records erased", sum(told["alone"].values())
            yield f"{name}: records of others without this person", sum(told["shared"].values())

    def _letters(self) -> Iterator[tuple[str, int]]:
        for name, told in self._all(["erase", "letters"], self.plan.urns).items():
            yield f"{name}: dead letters", told["letters"]
        told = self._run("projector", "gateway", ["letters"], self.plan.names + self.plan.urns)
        yield "gateway: dead letters", told["letters"]

    def _all(self, arguments: list[str], more: list[str]) -> dict[str, dict[str, Any]]:
        """What every department answers, asked at once where their order is nothing to us."""

        def ask(name: str) -> dict[str, Any]:
            return self._run(name, name, arguments, self._names(name) + more)

        with ThreadPoolExecutor() as pool:
            return dict(zip(self.departments, pool.map(ask, self.departments), strict=True))

    def _names(self, department: str) -> list[str]:
        sectors = self._sectors(department)
        return [name for name in self.plan.names if name.partition(".")[0] in sectors]

    def _sectors(self, department: str) -> set[str]:
        """Whose pseudonyms it may know: identity all, others their own and those of whom a topic of theirs is for alone."""
        authorities = self._contracts.authorities.values()
        if department == "identity":
            return {each.sector for each in authorities}
        sectors = {each.sector for each in authorities if each.host == department}
        for topic in self._contracts.topics.values():
            if topic.kind == "record" and topic.department == department and "gateway" not in topic.consumers:
                sectors |= {each.sector for each in authorities if each.host in topic.consumers}
        return sectors

    def _run(self, service: str, module: str, arguments: list[str], lines: list[str]) -> dict[str, Any]:
        told = service_environment(self._instance, addresses(self._instance), service)
        done = subprocess.run(
            module_command(module, *arguments),
            env=told,
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            why = (done.stderr.strip() or f"status {done.returncode}").splitlines()[-1]
            raise LocalError(
                f"{service} did not do its part ({why[:200]}).",
                "Mend that, then run the same command again: what is done stays done. A department of another checkout"
                " needs its folder in PYTHONPATH.",
            )
        return next(json.loads(line) for line in reversed(done.stdout.splitlines()) if line.startswith('{"'))
