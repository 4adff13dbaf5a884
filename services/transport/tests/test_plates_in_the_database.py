"""A plate is never on two vehicles, in the database too, through any sequence of commands and with several at once.

Hypothesis drives the use cases that HTTP calls; each command has its own transaction, as at the edge.
"""

import asyncio
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from onewindow_contracts.formats import vin_check_digit
from onewindow_kit import db
from onewindow_kit.clock import today
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms import Pseudonym
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from transport.app import parts
from transport.service import vehicles
from transport.service.plates import Choice
from transport.service.vehicles import Description
from transport.tables import Plate, Vehicle

BASIS = "机动车登记规定"
TODAY = today()
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
which = st.one_of(st.none(), st.integers(0, 3))


def description() -> Description:
    vin = "LSV" + "".join(secrets.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(14))
    vin = vin[:8] + vin_check_digit(vin) + vin[9:]
    return Description(vin, "K33", "示例牌", "SL-1", "A", "A", "A", TODAY - timedelta(days=4000))


class Register(RuleBasedStateMachine):
    """Three people, four wanted plates, and a real database.

    No rule has a precondition: who wins a race differs from run to run, and what is drawn must not depend on it.
    """

    opened_with: Any

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.parts = parts(self.opened_with)
        self.opened = self.runner.run(self.parts.__aenter__())
        self.people = [str(Pseudonym.new("transport")) for _ in range(3)]
        mark = "".join(secrets.choice(LETTERS) for _ in range(4))
        self.wanted = [f"浙A{mark}{digit}" for digit in range(4)]
        self.cars: list[str] = []

    def teardown(self) -> None:
        self.runner.run(self.parts.__aexit__(None, None, None))
        self.runner.close()

    async def command(self, work: Callable[..., Any]) -> str | None:
        """Run a use case in its own transaction; the vehicle's URN, None when it was refused."""
        try:
            async with self.opened.sessions() as session, session.begin():
                return (await work(session)).urn
        except (Problem, IntegrityError) as refusal:
            assert not isinstance(refusal, Problem) or 400 <= refusal.status < 500
            return None

    def choice(self, wanted: int | None) -> Choice:
        return Choice("02", None if wanted is None else self.wanted[wanted])

    def registration(self, owner: int, plate: int | None) -> Callable[..., Any]:
        what, choice = description(), self.choice(plate)
        return lambda session: vehicles.register(
            self.opened.desk,
            session,
            owner=self.people[owner],
            description=what,
            choice=choice,
            legal_basis=BASIS,
        )

    def change(self, car: int, plate: int | None) -> Callable[..., Any]:
        urn, choice = self.cars[car % len(self.cars)], self.choice(plate)
        return lambda session: vehicles.change_plate(
            self.opened.desk, session, urn, None, choice=choice, effective_on=TODAY, legal_basis=BASIS
        )

    @rule(owner=st.integers(0, 2), plate=which)
    def register(self, owner: int, plate: int | None) -> None:
        if urn := self.runner.run(self.command(self.registration(owner, plate))):
            self.cars.append(urn)

    @rule(owners=st.lists(st.integers(0, 2), min_size=2, max_size=4), plate=st.integers(0, 3))
    def register_at_once(self, owners: list[int], plate: int) -> None:
        async def together() -> list[str | None]:
            return await asyncio.gather(*(self.command(self.registration(owner, plate)) for owner in owners))

        made = [urn for urn in self.runner.run(together()) if urn]
        assert len(made) <= 1, "one plate went on several vehicles"
        self.cars += made

    @rule(car=st.integers(0, 99), plate=which)
    def change_plate(self, car: int, plate: int | None) -> None:
        if not self.cars:
            return
        self.runner.run(self.command(self.change(car, plate)))

    @rule(cars=st.lists(st.integers(0, 99), min_size=2, max_size=4), plate=st.integers(0, 3))
    def change_at_once(self, cars: list[int], plate: int) -> None:
        if len(self.cars) < 2:
            return

        async def together() -> None:
            await asyncio.gather(*(self.command(self.change(car, plate)) for car in cars))

        self.runner.run(together())

    @rule(car=st.integers(0, 99), to=st.integers(0, 2), plate=which)
    def transfer(self, car: int, to: int, plate: int | None) -> None:
        if not self.cars:
            return
        urn, choice = self.cars[car % len(self.cars)], self.choice(plate)
        self.runner.run(
            self.command(
                lambda session: vehicles.transfer(
                    self.opened.desk,
                    session,
                    urn,
                    None,
                    to=self.people[to],
                    ground="sale",
                    consenting=(),
                    choice=choice,
                    effective_on=TODAY,
                    legal_basis=BASIS,
                )
            )
        )

    @rule(car=st.integers(0, 99))
    def deregister(self, car: int) -> None:
        if not self.cars:
            return
        urn = self.cars[car % len(self.cars)]
        self.runner.run(
            self.command(
                lambda session: vehicles.deregister(
                    self.opened.desk, session, urn, None, cause="scrapped", effective_on=TODAY, legal_basis=BASIS
                )
            )
        )

    @rule(days=st.sampled_from([1, 200, 400, 800]))
    def time_passes(self, days: int) -> None:
        """What is in the register gets older."""

        if not self.cars:
            return

        async def pass_by() -> None:
            async with self.opened.sessions() as session, session.begin():
                connection = await session.connection()
                for aged in (
                    "update vehicle set owner_since = owner_since - cast(:d as int), "
                    "plate_since = plate_since - cast(:d as int) where urn = any(:urns)",
                    "update plate set kept_until = kept_until - cast(:d as int) where kept_for = any(:people)",
                ):
                    names = {"urns": self.cars} if ":urns" in aged else {"people": self.people}
                    await connection.execute(text(aged), {"d": days} | names)

        self.runner.run(pass_by())

    @invariant()
    def the_register_is_in_order(self) -> None:
        self.runner.run(self.check())

    async def check(self) -> None:
        async with self.opened.sessions() as session:
            rows = (await session.exec(select(Vehicle).where(col(Vehicle.urn).in_(self.cars)))).all()
            carried = [(row.plate_type, row.plate_number) for row in rows if row.plate_number is not None]
            assert len(carried) == len(set(carried)), "a plate is on two vehicles"
            plates = (await session.exec(select(Plate).where(col(Plate.vehicle).in_(self.cars)))).all()
            hung = {plate.vehicle: (plate.type, plate.number) for plate in plates}
            for row in rows:
                on_it = None if row.plate_number is None else (row.plate_type, row.plate_number)
                assert hung.get(row.urn) == on_it, "vehicle and plate disagree"
                assert (row.state == "registered") == (on_it is not None)
                published = orjson.loads(await self.opened.desk.records.current(session, row.urn) or b"")
                assert published["version"] == row.version
                shown = published["body"]["plate"]
                assert (shown and (shown["type"], shown["number"])) == on_it, "what was published differs"
            kept = (await session.exec(select(Plate).where(col(Plate.kept_for).in_(self.people)))).all()
            assert all(plate.vehicle is None for plate in kept), "a plate on a vehicle is kept for somebody"
            outbox = select(db.outbox.c.urn, db.outbox.c.version).where(db.outbox.c.urn.in_(self.cars))
            sent = (await (await session.connection()).execute(outbox)).all()
            assert sorted(sent) == sorted((row.urn, n) for row in rows for n in range(1, row.version + 1))


def test_a_plate_is_never_on_two_vehicles(request: pytest.FixtureRequest) -> None:
    opened_with = request.getfixturevalue("settings")  # by name: hypothesis has a `settings` of its own
    machine = type("RegisterHere", (Register,), {"opened_with": opened_with})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
