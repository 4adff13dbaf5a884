"""A plate is never on two vehicles, through any sequence of registrations, transfers and plate changes.

The model below is the register as law wants it; the machine drives the domain's values and the register's rule for
taking a plate together. That the database holds the same under races is tested over HTTP.
"""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from onewindow_kit.problems import Problem
from transport.domain import vehicles
from transport.domain.plates import Plate, PlateRules, kept_until
from transport.domain.vehicles import Freeze, Mortgage, Vehicle

NUMBERS = [Plate("02", f"浙A0000{digit}") for digit in range(4)]
PEOPLE = ["transport.1.a", "transport.1.b", "transport.1.c"]
RULES = PlateRules(use_years=1, kept_years=2)


class Register(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.today = date(2024, 1, 1)
        self.cars: list[Vehicle] = []
        self.rights: dict[Plate, tuple[str, date]] = {}
        self.marks = 0

    def free(self, plate: Plate, owner: str) -> bool:
        on_a_car = any(car.plate == plate for car in self.cars)
        kept_for, until = self.rights.get(plate, (owner, self.today))
        return not on_a_car and (kept_for == owner or until < self.today)

    def take_off(self, car: Vehicle) -> None:
        if car.plate is None or car.plate_since is None:
            return
        until = kept_until(car.plate_since, self.today, RULES)
        if until is not None:
            self.rights[car.plate] = (car.owner, until)

    @rule(days=st.integers(0, 500))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(owner=st.sampled_from(PEOPLE), plate=st.sampled_from(NUMBERS))
    def register(self, owner: str, plate: Plate) -> None:
        if self.free(plate, owner):
            self.rights.pop(plate, None)
            self.cars.append(Vehicle(owner, "registered", plate, self.today, self.today))

    @precondition(lambda self: self.cars)
    @rule(data=st.data(), to=st.sampled_from(PEOPLE), plate=st.sampled_from(NUMBERS), consent=st.booleans())
    def transfer(self, data: st.DataObject, to: str, plate: Plate, consent: bool) -> None:
        index = data.draw(st.integers(0, len(self.cars) - 1))
        car = self.cars[index]
        consenting = {mark.id for mark in car.mortgages} if consent else set()
        try:
            after = vehicles.transfer(car, to, self.today, "sale", consenting, owner_deceased=False)
        except Problem as refusal:
            assert refusal.status == 409
            return
        assert not vehicles.frozen(car, self.today)
        assert consent or not car.mortgages
        assert after.mortgages == car.mortgages, "a mortgage follows the vehicle"
        assert after.plate is None
        self.take_off(car)
        self.cars[index] = after
        if self.free(plate, to):
            self.rights.pop(plate, None)
            self.cars[index] = vehicles.with_plate(after, plate, self.today)

    @precondition(lambda self: self.cars)
    @rule(data=st.data())
    def deregister(self, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, len(self.cars) - 1))
        car = self.cars[index]
        try:
            after = vehicles.deregister(car, self.today)
        except Problem as refusal:
            assert refusal.status == 409
            return
        assert not car.mortgages and not vehicles.frozen(car, self.today)
        self.take_off(car)
        self.cars[index] = after

    @precondition(lambda self: self.cars)
    @rule(data=st.data(), freeze=st.booleans())
    def mark(self, data: st.DataObject, freeze: bool) -> None:
        index = data.draw(st.integers(0, len(self.cars) - 1))
        car, self.marks = self.cars[index], self.marks + 1
        try:
            if freeze:
                mark = Freeze(str(self.marks), "法院", "1", self.today, self.today + timedelta(days=300))
                self.cars[index] = vehicles.freeze(car, mark, 2, self.today)
            else:
                mortgage = Mortgage(str(self.marks), "code", "银行", self.today)
                self.cars[index] = vehicles.mortgage(car, mortgage, self.today)
        except Problem as refusal:
            assert refusal.status == 409
            assert car.state == "deregistered" or vehicles.frozen(car, self.today)

    @invariant()
    def a_plate_is_on_one_vehicle_at_most(self) -> None:
        carried = [car.plate for car in self.cars if car.plate is not None]
        assert len(carried) == len(set(carried))

    @invariant()
    def a_deregistered_vehicle_has_neither_plate_nor_freeze(self) -> None:
        for car in self.cars:
            if car.state == "deregistered":
                assert car.plate is None and not car.freezes

    @invariant()
    def nobody_has_a_right_to_a_plate_on_a_vehicle(self) -> None:
        carried = {car.plate for car in self.cars}
        assert not carried & self.rights.keys()


TestRegister = Register.TestCase
TestRegister.settings = settings(max_examples=60, stateful_step_count=30)
