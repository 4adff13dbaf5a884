"""Whatever is commanded, in whatever order: the books agree with an independent model, line by line and fen by fen.

Each sequence runs on the real database in one transaction that is rolled back.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from housing.domain.fund.account import Account, Entry
from housing.service import same_person
from housing.service.fund import arrears, contributions, employees, employers, interest, transfers, withdrawals
from housing.service.registry import Registry
from housing.store.fund import accounts, ledger
from housing.tables.fund import FundAccountRow, FundEmployerRow, FundEntryRow
from hypothesis import given
from hypothesis import strategies as st
from onewindow_contracts.common import NamedPerson
from onewindow_contracts.models import housing_fund as api
from onewindow_kit.decide import Principal
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import thorough
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col
from stdnum.cn import uscc

from .fund_model import Ledger, Model

pytestmark = pytest.mark.rule("domain-20", "domain-21", "housing.fund-interest-rate", "housing.fund-interest-year")
START = date(2015, 9, 14)
RATES = [(12, 12), (5, 7)]
_serial = itertools.count(1)

person, firm = st.integers(0, 2), st.integers(0, 1)
money_in = st.one_of(st.integers(1, 999_999), st.sampled_from([1, 10**15, 2**53 - 1]))
command = st.one_of(
    st.tuples(st.just("enrol"), person, firm, st.sampled_from([1, 333_333, 1_000_050, 9_000_000])),
    st.tuples(st.just("pay"), person, firm, st.integers(0, 3), st.sampled_from([0, 0, 0, 0, 1, -1])),
    st.tuples(st.just("pay"), person, firm, st.integers(0, 1), st.just(0)),
    st.tuples(st.just("pass_days"), st.sampled_from([1, 17, 35, 40, 150, 300])),
    st.tuples(st.just("leave"), person, firm),
    st.tuples(st.just("withdraw"), person, st.integers(1, 500_000)),
    st.tuples(st.just("retire"), person),
    st.tuples(st.just("move_out"), person, st.sampled_from(["A", "B"])),
    st.tuples(st.just("move_in"), person, st.sampled_from(["A", "B", "C"]), money_in),
    st.tuples(st.just("correct"), person, st.one_of(money_in, money_in.map(lambda amount: -amount))),
    st.tuples(st.just("merge"), person, person),
)
OWNER, FIRM = col(FundAccountRow.person), col(FundEmployerRow.urn)
ACCOUNTS = select(*(col(getattr(FundAccountRow, name)) for name in accounts.FIELDS))
LINES = (
    select(*(col(getattr(FundEntryRow, name)) for name in ledger.ENTRY_FIELDS))
    .join(FundAccountRow, col(FundAccountRow.urn) == col(FundEntryRow.account))
    .order_by(col(FundEntryRow.account), col(FundEntryRow.line))
)
TOTALS = select(FIRM, col(FundEmployerRow.paid), col(FundEmployerRow.arrears))
opening = st.tuples(st.just("enrol"), person, firm, st.sampled_from([333_333, 1_000_050]))
sequence = st.tuples(opening, st.lists(command, min_size=3, max_size=6)).map(lambda drawn: [drawn[0], *drawn[1]])


@dataclass(frozen=True, slots=True)
class Dated(Registry):
    """The registry on a day of the machine's own."""

    days: list[date] = field(default_factory=list)

    def today(self) -> date:
        return self.days[0]


class Numbers:
    """Identity, for people whose number is their index."""

    def __init__(self, people: list[str]) -> None:
        self.people = people

    async def resolve(self, scheme: str, number: str, name: str) -> str:
        return self.people[int(number)]

    async def resolve_batch(self, numbers: list[str], *, scheme: str) -> list[str]:
        return [self.people[int(number)] for number in numbers]


class Office:
    """Commands of the model, done by the product's use cases."""

    def __init__(self, registry: Registry, session: Any, firms: list[str]) -> None:
        self.session, self.firms = session, firms
        self.people = [str(Pseudonym.new("housing")) for _ in range(3)]
        means = {name: getattr(registry, name) for name in ("records", "rules", "time_zone", "cases")}
        self.registry = Dated(**means, identity=Numbers(self.people), days=[START])
        self.officer = Principal("agency", "demo.provident-fund", "housing", "c", "t", 0, "demo.provident-fund")
        self.serial = next(_serial)

    async def pass_days(self, days: int) -> None:
        self.registry.days[0] += timedelta(days=days)
        for duty in (arrears.record, interest.credit):
            while await duty(self.session, self.registry, self.registry.today()):
                pass

    async def enrol(self, person: int, firm: int, wage: int) -> None:
        command = api.EnrolEmployee(person=_named(person), average_wage_fen=wage, since=self.registry.today())
        await employees.enrol(self.session, self.registry, self.officer, self.firms[firm], command)

    async def leave(self, person: int, firm: int) -> None:
        command = api.ReportDeparture(person=_named(person), left_on=self.registry.today())
        await employees.leave(self.session, self.registry, self.officer, self.firms[firm], command)

    async def pay(self, person: int, firm: int, month: date, amount: int) -> None:
        line = api.ContributionLine(scheme="cn-id", number=str(person), amount_fen=amount)
        command = api.Contribute(month=f"{month:%Y-%m}", lines=[line])
        await contributions.pay(self.session, self.registry, self.officer, self.firms[firm], command)

    async def withdraw(self, person: int, amount: int) -> None:
        await self._draw(person, reason="building", amount_fen=amount, evidence="建房许可")

    async def retire(self, person: int) -> None:
        await self._draw(person, reason="retirement", evidence="退休证")

    async def move_out(self, person: int, certificate: str) -> None:
        command = api.TransferFundOut(
            centre="甲市", certificate_number=self._certificate(certificate), legal_basis="条例"
        )
        account = await self.account(person)
        await transfers.out(self.session, self.registry, "demo.provident-fund", account.urn, account.version, command)

    async def move_in(self, person: int, certificate: str, amount: int) -> None:
        number = self._certificate(certificate)
        command = api.TakeFundIn(centre="乙市", certificate_number=number, amount_fen=amount, legal_basis="条例")
        account = await self.account(person)
        await transfers.take_in(
            self.session, self.registry, "demo.provident-fund", account.urn, account.version, command
        )

    async def correct(self, person: int, amount: int) -> None:
        direction = "credit" if amount > 0 else "debit"
        command = api.CorrectFundLedger(direction=direction, amount_fen=abs(amount), reason="更正", legal_basis="条例")
        account = await self.account(person)
        await transfers.correct(
            self.session, self.registry, "demo.provident-fund", account.urn, account.version, command
        )

    async def merge(self, losing: int, into: int) -> None:
        old, new = self.people[losing], self.people[into]
        if old != new:
            await same_person.merged(self.session, self.registry, old, new, self.registry.today())
            for index, name in enumerate(self.people):
                self.people[index] = new if name == old else name

    async def account(self, person: int) -> Any:
        """The live account, else the newest closed one."""
        name = self.people[person]
        live = await accounts.hold_live(self.session, [name])
        closed = await accounts.newest_closed(self.session, [name])
        found = live.get(name) or closed.get(name)
        if found is None:
            raise _Nothing
        return found

    async def _draw(self, person: int, **body: Any) -> None:
        account = await self.account(person)
        citizen = Principal("citizen", self.people[person], "housing", "c", "t", 0)
        case = await withdrawals.apply(
            self.session, self.registry, citizen, account.urn, api.ApplyForWithdrawal(**body)
        )
        await self.registry.cases.decide(
            self.registry, self.session, case.urn, 1, granted=True, reason="合规", on=self.registry.today()
        )

    def _certificate(self, letter: str) -> str:
        return f"CERT-{self.serial:08d}-{letter}"


class _Nothing(Problem):
    status, code, title, remedy = 404, "not-found", "", ""


def _named(person: int) -> NamedPerson:
    return NamedPerson(scheme="cn-id", number=str(person), name="某")


async def play(
    registry: Registry, sessions: async_sessionmaker, firms: list[str], commands: list[tuple[Any, ...]]
) -> None:
    """Run the commands on both; AssertionError where they differ."""
    async with sessions() as session:
        office, model = Office(registry, session, firms), Model(START, RATES)
        for name, *arguments in commands:
            told = list(arguments)
            if name == "pay":
                told = _payment(model, *arguments)
            expected = getattr(model, name)(*arguments)
            try:
                async with session.begin_nested():
                    await getattr(office, name)(*told)
                answered = None
            except Problem as refusal:
                answered = refusal.code
            assert answered == expected, f"{name}{tuple(arguments)} on {model.day}"
            if answered is None:
                await _compare(office, model)
        await _compare(office, model)
        await session.rollback()


def _payment(model: Model, person: int, firm: int, months_back: int, off: int) -> list[Any]:
    """What the employer would send: the sum that it believes is due."""
    month = model.day.replace(day=1)
    for _ in range(months_back):
        month = (month - timedelta(days=1)).replace(day=1)
    live = model.live(person)
    due = 0 if live is None else live.owed[month][0] if month in live.owed else live.due
    return [person, firm, month, max(due + off, 1)]


async def _compare(office: Office, model: Model) -> None:
    """All accounts, all lines, all totals, each in one question."""
    connection = await office.session.connection()
    stored = [Account(*row) for row in await connection.execute(ACCOUNTS.where(OWNER.in_(office.people)))]
    lines = [Entry(*row) for row in await connection.execute(LINES.where(OWNER.in_(office.people)))]
    for account in stored:
        own = [line for line in lines if line.account == account.urn]
        assert account.balance == sum(line.amount for line in own) >= 0
        running = list(itertools.accumulate(line.amount for line in own))
        assert running == [line.balance_after for line in own] and min(running, default=0) >= 0
        assert [line.line for line in own] == list(range(1, len(own) + 1))
    for person in {model.who(person) for person in range(len(office.people))}:
        mine = [account for account in stored if account.person == office.people[person]]
        assert sum(account.state != "closed" for account in mine) <= 1, "one live account a person"
        ledgers = model.ledgers.get(person, [])
        assert sorted(map(_stored, mine)) == sorted(map(_told, ledgers))
        urns = {account.urn for account in mine}
        booked = sorted((line.value_on, line.amount, line.kind) for line in lines if line.account in urns)
        assert booked == sorted(line for each in ledgers for line in each.lines)
    totals = {row[0]: row[1:] for row in await connection.execute(TOTALS.where(FIRM.in_(office.firms)))}
    assert [list(totals[urn]) for urn in office.firms] == model.totals


def _stored(account: Account) -> tuple[Any, ...]:
    return account.state, account.balance, account.arrears, _until(account.state, account.interest_until)


def _told(each: Ledger) -> tuple[Any, ...]:
    return each.state, each.balance, sum(due for due, _ in each.owed.values()), _until(each.state, each.counted)


def _until(state: str, day: date) -> str:
    return "" if state == "closed" else day.isoformat()


@pytest.fixture(scope="module")
async def firms(app: Any) -> list[str]:
    """Two enrolled employers with the rates of ``RATES``, the same for all sequences: each is rolled back."""
    made = []
    async with app.state.edge.database.sessions() as session, session.begin():
        for employer_rate, employee_rate in RATES:
            base = f"9133011{next(_serial):010d}"
            command = api.EnrolEmployer(
                organisation=str(Pseudonym.new("housing", organisation=True)),
                name="示例",
                uscc=base + uscc.calc_check_digit(base),
                employer_rate=employer_rate,
                employee_rate=employee_rate,
                since=date(2015, 1, 1),
                legal_basis="条例",
            )
            record = await employers.enrol(session, app.state.registry, "demo.provident-fund", command)
            made.append(record.urn)
    return made


@thorough(500)
@given(sequence)
async def test_the_books_agree_with_an_independent_model(app, registry, firms, commands):
    await play(registry, app.state.edge.database.sessions, firms, commands)
