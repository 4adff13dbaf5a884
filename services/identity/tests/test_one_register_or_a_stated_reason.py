"""Through any sequence of births, moves, departures, returns, expiries and deaths, a person is in one register or has a
stated reason; an open family register has one head, and a register that nobody is left in is closed."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule
from identity.domain import moves
from identity.domain.household import HEAD, Household
from identity.domain.moves import Step
from identity.domain.problems import AlreadyRegistered, HeadExists, HeadRequired, HouseholdClosed, PersonIsDead
from identity.domain.standing import DECLARABLE, Standing, may_enter, may_leave

DAY = date(2026, 1, 1)
CODES = st.sampled_from(["10", "20", "51", "73", "99"])


class Registers(RuleBasedStateMachine):
    """The domain's rules as a service applies them, over registers and standings held in memory."""

    people = Bundle("people")
    registers = Bundle("registers")
    moving = Bundle("moving")

    def __init__(self) -> None:
        super().__init__()
        self.standing: dict[str, Standing] = {}
        self.kept: dict[str, Household] = {}
        self.step: dict[str, Step] = {}
        self.lost: dict[str, tuple[str, str | None]] = {}

    def where(self, person: str) -> list[str]:
        return [name for name, household in self.kept.items() if person in household.members]

    @rule(target=people)
    def born_outside(self) -> str:
        name = f"p{len(self.standing)}"
        self.standing[name] = Standing.UNREGISTERED
        return name

    @rule(target=registers, kind=st.sampled_from(["family", "collective"]))
    def opened(self, kind: str) -> str:
        name = f"h{len(self.kept)}"
        self.kept[name] = Household(kind)
        return name

    @rule(person=people, register=registers, code=CODES, as_head=st.booleans())
    def enters(self, person: str, register: str, code: str, as_head: bool) -> None:
        try:
            may_enter(self.standing[person])
            self.kept[register].enter(person, HEAD if as_head else code)
        except AlreadyRegistered:
            assert self.standing[person] in (Standing.REGISTERED, Standing.IN_TRANSIT)
        except (PersonIsDead, HeadExists, HouseholdClosed):
            pass
        else:
            self.standing[person] = Standing.REGISTERED

    def leave(self, person: str, to: Standing, heir: int) -> bool:
        """Whether the person left; a departing head is followed by the chosen remaining member."""
        [register] = self.where(person)
        household = self.kept[register]
        others = sorted(household.members.keys() - {person})
        code = household.members[person]
        before = dict(household.members)
        trial = Household(household.kind, dict(before), household.open)
        try:
            trial.leave(person, others[heir % len(others)] if others and heir else None)
        except HeadRequired:
            assert code == HEAD and others, "only a head with members left needs a successor"
            return False
        self.kept[register] = trial
        self.standing[person] = to
        self.lost[person] = (register, code)
        return True

    @rule(person=people, reason=st.sampled_from(sorted(DECLARABLE)), heir=st.integers(0, 3))
    def departs(self, person: str, reason: Standing, heir: int) -> None:
        if self.standing[person] is Standing.REGISTERED and self.step.get(person) not in moves.OPEN:
            may_leave(self.standing[person])
            self.leave(person, reason, heir)

    @rule(person=people, heir=st.integers(0, 3))
    def dies(self, person: str, heir: int) -> None:
        if self.standing[person] is Standing.DEAD:
            return
        if self.standing[person] is Standing.REGISTERED and not self.leave(person, Standing.DEAD, heir):
            return
        self.standing[person] = Standing.DEAD
        if self.step.get(person) in moves.OPEN:
            self.step[person] = Step.WITHDRAWN

    @rule(target=moving, person=people)
    def permitted(self, person: str) -> object:
        if self.standing[person] is not Standing.REGISTERED or self.step.get(person) in moves.OPEN:
            return multiple()
        self.step[person] = moves.advance(Step.REQUESTED, Step.PERMITTED)
        return person

    @rule(person=moving, heir=st.integers(0, 3))
    def certified(self, person: str, heir: int) -> None:
        if self.step[person] is Step.PERMITTED and self.leave(person, Standing.IN_TRANSIT, heir):
            self.step[person] = moves.advance(self.step[person], Step.IN_TRANSIT)

    @rule(person=consumes(moving), register=registers, code=CODES, days=st.integers(0, 40))
    def arrives_or_expires(self, person: str, register: str, code: str, days: int) -> None:
        if self.step[person] is not Step.IN_TRANSIT:
            return
        last = moves.expires_on(DAY, 30)
        if days > 30:
            self.step[person] = moves.advance(self.step[person], Step.EXPIRED)
            lost, old = self.lost[person]
            self.kept[lost].reopen(person, old)
            self.standing[person] = Standing.REGISTERED
            return
        household = self.kept[register]
        try:
            household.enter(person, code if household.members or household.kind != "family" else HEAD)
        except HouseholdClosed:
            return
        self.step[person] = moves.arrive(self.step[person], DAY, last, DAY + timedelta(days=days))
        self.standing[person] = Standing.REGISTERED

    @invariant()
    def one_register_or_a_reason(self) -> None:
        for person, standing in self.standing.items():
            places = self.where(person)
            assert len(places) <= 1, f"{person} is in {places}"
            assert (standing is Standing.REGISTERED) == (len(places) == 1), f"{person}: {standing} in {places}"

    @invariant()
    def one_head(self) -> None:
        for name, household in self.kept.items():
            heads = [member for member, code in household.members.items() if code == HEAD]
            if household.kind == "family":
                assert len(heads) == (1 if household.members else 0), f"{name}: {heads}"
                assert household.open or not household.members, f"{name} is closed with members"
            assert len(heads) <= 1


TestRegisters = Registers.TestCase
TestRegisters.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
