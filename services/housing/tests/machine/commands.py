"""Each command: what the product does, and what the model says to it."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from housing.service import cases, first_refusal, freezes, lapsing, notices, succession
from housing.service import transfer as transfers
from housing.service.applications import share, transfer
from housing.service.registry import Registry
from onewindow_contracts.common import share_text
from onewindow_contracts.models import housing as officers
from onewindow_contracts.models import housing_applications as api
from onewindow_kit.decide import Principal

from ..naming import Identity
from .model import Register

PEOPLE = [f"housing.1.{letter * 22}" for letter in "abcdef"]
PARTS = (Fraction(1), Fraction(1, 2), Fraction(1, 3))
WAITS = (1, 6, 16, 32)
BASIS = "民法典"


class Commands:
    """Every method answers a coroutine function for the product and a function that asks the model. Its three numbers
    choose who and what, mostly to the point: one that owns, a case that waits, somebody who is asked."""

    registry: Registry
    session: Any
    identity: Identity
    day_file: Path
    officer: Principal
    urns: dict[str, list[str]]
    model: Register
    title: str

    def sell(self, a: int, b: int, c: int) -> Any:
        seller, buyer = self.owner(a), b % len(PEOPLE)
        body = {"cause": "purchase", "acquirers": [{"party": self.named(buyer)}]}
        wanted = api.ApplyForTransfer.model_validate(body)
        order = dict(enumerate(PEOPLE))

        async def work() -> None:
            await transfer.apply(self.session, self.registry, PEOPLE[seller], self.title, wanted)

        return work, lambda: self.model.apply_whole(seller, buyer, self.respond_by(), order)

    def transfer(self, a: int, b: int, c: int) -> Any:
        buyer, owners = a % len(PEOPLE), sorted(self.model.owners)
        signed = {person for place, person in enumerate(owners) if b >> place & 1} | (
            {c % len(PEOPLE)} if c > 30 else set()
        )
        body = officers.TransferTitle(
            cause="purchase",
            owners=[{"pseudonym": PEOPLE[buyer], "name": f"人{buyer}"}],
            consents=[PEOPLE[person] for person in sorted(signed)],
            legal_basis=BASIS,
        )

        async def work() -> None:
            title = await self.registry.find(self.session, self.registry.office, self.title)
            await transfers.transfer(self.session, self.registry, self.registry.office, self.title, title.version, body)

        return work, lambda: self.model.transfer(buyer, signed)

    def sell_share(self, a: int, b: int, c: int) -> Any:
        seller, buyer, part = self.owner(a), b % len(PEOPLE), PARTS[c % len(PARTS)]
        cause = "gift" if c % 7 == 6 else "purchase"
        held = self.model.owners.get(seller)
        share_of_all = None if held is None else share_text(held * part)
        body = {"cause": cause, "acquirers": [{"party": self.named(buyer)}], "share": share_of_all}
        wanted = api.ApplyForShareTransfer.model_validate(body)

        async def work() -> None:
            await share.apply(self.session, self.registry, PEOPLE[seller], self.title, wanted)

        return work, lambda: self.model.apply_share(seller, buyer, part, cause, self.respond_by())

    def consent(self, a: int, b: int, c: int) -> Any:
        number, person = self.party(a, b)

        async def work() -> None:
            await cases.consent(self.session, self.registry, self.citizen(person), self.urns["case"][number])

        return work, lambda: self.model.consent(number, person)

    def decline(self, a: int, b: int, c: int) -> Any:
        number, person = self.party(a, b)

        async def work() -> None:
            await cases.decline(self.session, self.registry, self.citizen(person), self.urns["case"][number], "不同意")

        return work, lambda: self.model.decline(number, person)

    def withdraw(self, a: int, b: int, c: int) -> Any:
        number = a % len(self.model.cases)
        person = self.model.cases[number].seller if b % 4 else b % len(PEOPLE)

        async def work() -> None:
            await cases.withdraw(self.session, self.registry, self.citizen(person), self.urns["case"][number])

        return work, lambda: self.model.withdraw(number, person)

    def grant(self, a: int, b: int, c: int) -> Any:
        number = self.awaited(a, b)
        return lambda: self.decide(number, granted=True), lambda: self.model.grant(number)

    def refuse(self, a: int, b: int, c: int) -> Any:
        number = a % len(self.model.cases)
        return lambda: self.decide(number, granted=False), lambda: self.model.refuse(number)

    def accept(self, a: int, b: int, c: int) -> Any:
        return self.answer(a, b, "accepted")

    def waive(self, a: int, b: int, c: int) -> Any:
        return self.answer(a, b, "waived")

    def freeze(self, a: int, b: int, c: int) -> Any:
        days = 3 + 7 * (a % 5)
        body = officers.RegisterFreeze(
            ordered_by="法院",
            order_number="1",
            until=self.model.day + timedelta(days=days),
            legal_basis=BASIS,
        )

        async def work() -> None:
            title = await self.registry.find(self.session, self.registry.office, self.title)
            await freezes.register(self.session, self.registry, self.registry.office, self.title, title.version, body)

        return work, lambda: self.model.freeze(days)

    def lift(self, a: int, b: int, c: int) -> Any:
        number = a % len(self.model.freezes)
        urn = self.urns["freeze"][number]

        async def work() -> None:
            version = await self.registry.records.version(self.session, urn)
            body = officers.LiftFreeze(legal_basis=BASIS)
            await freezes.lift(self.session, self.registry, self.registry.office, urn, version, body)

        return work, lambda: self.model.lift(number)

    def die(self, a: int, b: int, c: int) -> Any:
        person = a % len(PEOPLE)

        async def work() -> None:
            await notices.died(self.session, self.registry, PEOPLE[person], self.model.day)

        return work, lambda: self.model.die(person)

    def inherit(self, a: int, b: int, c: int) -> Any:
        dead = sorted(self.model.dead & set(self.model.owners)) if a % 5 else []
        person, heir = dead[a % len(dead)] if dead else a % len(PEOPLE), b % len(PEOPLE)
        named = {heir} | (set(self.model.owners) - {person} if self.model.joint else set())
        body = officers.SucceedToTitle(
            deceased=PEOPLE[person],
            owners=[{"pseudonym": PEOPLE[p], "name": f"人{p}"} for p in sorted(named)],
            ownership="joint" if self.model.joint and len(named) > 1 else None,
            legal_basis=BASIS,
        )

        async def work() -> None:
            title = await self.registry.find(self.session, self.registry.office, self.title)
            await succession.succeed(self.session, self.registry, self.registry.office, self.title, title.version, body)

        return work, lambda: self.model.inherit(person, heir)

    def wait(self, a: int, b: int, c: int) -> Any:
        days = WAITS[a % len(WAITS)]
        day = self.model.day + timedelta(days=days)

        async def work() -> None:
            self.day_file.write_text(day.isoformat())
            for duty in (lapsing.cases, lapsing.lapsed_freezes, lapsing.offers):
                await duty(self.session, self.registry, day)

        return work, lambda: self.model.wait(days)

    async def decide(self, number: int, *, granted: bool) -> None:
        urn = self.urns["case"][number]
        version = (await self.registry.cases.find(self.session, urn)).version
        await self.registry.cases.decide(
            self.registry,
            self.session,
            urn,
            version,
            granted=granted,
            reason="查明",
            on=self.registry.today(),
            authority=self.officer.authority,
        )

    def answer(self, a: int, b: int, said: Any) -> Any:
        number = a % len(self.model.offers)
        asked = [p for p, word in self.model.offers[number].answers.items() if word == "asked"]
        person = sorted(asked)[b % len(asked)] if asked and b % 5 else b % len(PEOPLE)
        urn = self.urns["offer"][number]

        async def work() -> None:
            await first_refusal.answer(self.session, self.registry, PEOPLE[person], urn, said)

        return work, lambda: self.model.answer(number, person, said)

    def owner(self, a: int) -> int:
        """Mostly somebody who owns."""
        owners = sorted(self.model.owners)
        return owners[a % len(owners)] if a % 6 else a % len(PEOPLE)

    def party(self, a: int, b: int) -> tuple[int, int]:
        """A case, mostly one that waits, and somebody, mostly one whom it waits for."""
        waiting = [n for n, case in enumerate(self.model.cases) if case.state == "awaiting"]
        number = waiting[a % len(waiting)] if waiting and a % 5 else a % len(self.model.cases)
        asked = sorted(p for p, said in self.model.cases[number].parties.items() if not said)
        return number, asked[b % len(asked)] if asked and b % 5 else b % len(PEOPLE)

    def awaited(self, a: int, b: int) -> int:
        pending = [n for n, case in enumerate(self.model.cases) if case.state == "pending"]
        return pending[a % len(pending)] if pending and b % 5 else a % len(self.model.cases)

    def respond_by(self) -> date:
        """Working days are counted elsewhere; here the term is what the office counts."""
        return self.registry.rules.respond_by(self.model.day)

    def named(self, person: int) -> dict[str, Any]:
        return self.identity.introduced(PEOPLE[person], f"人{person}")

    def citizen(self, person: int) -> Principal:
        return Principal("citizen", PEOPLE[person], "housing", "gateway", "t", 0)
