"""Drives the product and the model by the same commands, each command of the product in a savepoint of its own."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from housing.service import registration
from housing.service.registry import Registry
from housing.store import offers
from onewindow_contracts.common import share_text
from onewindow_contracts.models import housing as officers
from onewindow_kit.decide import Principal
from onewindow_kit.problems import Problem

from ..naming import Identity
from .commands import BASIS, PEOPLE, Commands
from .model import Register

BEGAN = date(2026, 1, 5)
SHARES = [
    {0: Fraction(1)},
    {0: None, 1: None},
    {0: Fraction(1, 2), 1: Fraction(1, 2)},
    {0: Fraction(1, 3), 1: Fraction(1, 3), 2: Fraction(1, 3)},
    {0: Fraction(3, 5), 1: Fraction(1, 5), 2: Fraction(1, 5)},
    {0: Fraction(7, 10), 1: Fraction(3, 10)},
    {0: Fraction(1, 2), 1: Fraction(3, 10), 2: Fraction(1, 5)},
]
STATES = {"awaiting-parties": "awaiting"}

Command = tuple[str, int, int, int]


class Driver(Commands):
    """One title through one sequence of commands. ``day_file`` holds the legal day."""

    def __init__(self, registry: Registry, session: Any, identity: Identity, day_file: Path) -> None:
        self.registry, self.session, self.identity, self.day_file = registry, session, identity, day_file
        self.officer = Principal("agency", "o", "housing", "o", "t", 0, authority=registry.office)
        self.urns: dict[str, list[str]] = {"case": [], "offer": [], "freeze": []}

    async def begin(self, start: int, unit: int) -> None:
        owners = SHARES[start % len(SHARES)]
        self.model = Register(BEGAN, dict(owners))
        self.day_file.write_text(BEGAN.isoformat())
        body = {
            "unit_code": f"330106001003GB00013F{unit:08d}",
            "address": "文三路",
            "area_m2": "80.00",
            "use": "11",
            "cause": "purchase",
            "ownership": "joint" if None in owners.values() else None,
            "owners": [
                {"pseudonym": PEOPLE[p], "name": f"人{p}", "share": part and share_text(part)}
                for p, part in owners.items()
            ],
            "legal_basis": BASIS,
        }
        made = await registration.register(
            self.session, self.registry, self.registry.office, officers.RegisterTitle.model_validate(body)
        )
        self.title = made.urn

    async def play(self, start: int, commands: Sequence[Command], unit: int) -> int:
        """Everything, each step held against the model; how many commands were legal."""
        await self.begin(start, unit)
        legal = 0
        for command in commands:
            legal += await self.step(command)
        return legal

    async def step(self, command: Command) -> bool:
        name, a, b, c = command
        use_case = getattr(self, name)
        if name in ("consent", "decline", "withdraw", "grant", "refuse") and not self.model.cases:
            return False
        if name in ("accept", "waive") and not self.model.offers:
            return False
        if name == "lift" and not self.model.freezes:
            return False
        self.session.info.pop("written", None)
        work, judge = use_case(a, b, c)
        refused: Problem | None = None
        savepoint = await self.session.begin_nested()
        try:
            await work()
        except Problem as problem:
            refused = problem
            await savepoint.rollback()
        else:
            await savepoint.commit()
            for urn in dict.fromkeys(each.partition("@")[0] for each in self.session.info.get("written", [])):
                kind = urn.split(":")[3]
                if kind in self.urns and urn not in self.urns[kind]:
                    self.urns[kind].append(urn)
        allowed = judge()
        assert allowed == (refused is None), (
            f"{command}: the law says {allowed}, the register {refused and refused.code}"
        )
        await self.compare(command)
        return allowed

    async def compare(self, command: Command) -> None:
        title = await self.registry.find(self.session, self.registry.office, self.title)
        owners = {PEOPLE.index(h.owner): h.share for h in title.ownership.holdings}
        assert owners == self.model.owners, f"{command}: {owners} own, by law {self.model.owners}"
        if not self.model.joint:
            assert sum(share for share in owners.values() if share) == 1
        places = sorted((f.place, f.since, f.until) for f in title.freezes)
        assert places == sorted((f.place, f.since, f.until) for f in self.model.freezes if not f.over), command
        states = [(await self.registry.cases.find(self.session, urn)).state for urn in self.urns["case"]]
        assert [STATES.get(s, s) for s in states] == [case.state for case in self.model.cases], command
        known = [await offers.find(self.session, urn) for urn in self.urns["offer"]]
        assert [offer and offer.state for offer in known] == [offer.state for offer in self.model.offers], command
