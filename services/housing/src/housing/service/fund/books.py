"""The fund's books while a use case writes in them: what it changes is stored and published together at the end.

One line and ten thousand go the same way: each kind of row in one statement, each record once at its newest version.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from onewindow_kit import clock
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Account, Closing, Entry, Movement
from housing.domain.fund.contribution import MonthDue
from housing.domain.fund.employer import Employer
from housing.domain.fund.interest import accrued, statutory_days
from housing.domain.fund.loan import Loan
from housing.events.envelope import Change
from housing.events.fund import account_record, employer_record, entry_record, loan_record
from housing.service.fund.law import FundLaw
from housing.service.registry import Registry
from housing.store.fund import ledger, rows
from housing.tables.fund import FundAccountRow, FundEmployerRow, FundEntryRow, FundLoanRow, FundMonthRow

OFFICE = "provident-fund"
INTEREST = "住房公积金管理条例 第二十一条"


class Books:
    """``accounts``, ``employers`` and ``loans`` hold what has been opened, at its present state; ``today`` is the day of
    booking and ``legal_basis`` what the change rests on. ``changes``: what kind of change it is where that is special."""

    def __init__(self, session: AsyncSession, registry: Registry, today: date, legal_basis: str) -> None:
        self.session, self.registry, self.today, self.legal_basis = session, registry, today, legal_basis
        self.law = FundLaw(registry.rules.contracts)
        self.accounts: dict[str, Account] = {}
        self.employers: dict[str, Employer] = {}
        self.loans: dict[str, Loan] = {}
        self.changes: dict[str, Change] = {}
        self._entries: list[Entry] = []
        self._months: dict[tuple[str, date], MonthDue] = {}
        self._opened: dict[str, Account | Employer | Loan] = {}
        self._bases: dict[str, str] = {}

    @property
    def authority(self) -> str:
        """The fund's own office."""
        return f"{self.registry.records.instance}.{OFFICE}"

    def open(self, things: Iterable[Account | Employer | Loan]) -> None:
        """Take things as they are stored into the books."""
        for thing in things:
            self._opened[thing.urn] = thing
            self._shelf(thing)[thing.urn] = thing

    def write(self, thing: Account | Employer | Loan) -> None:
        """The state that a thing is to have; a new one has version 1."""
        self._shelf(thing)[thing.urn] = thing

    def note(self, entry: Entry, legal_basis: str | None = None) -> None:
        """A line that is to be entered."""
        self._entries.append(entry)
        if legal_basis:
            self._bases[entry.urn] = legal_basis

    def note_month(self, month: MonthDue) -> None:
        """A month that was paid, or that is in arrears."""
        self._months[(month.account, month.month)] = month

    def owed(self, account: str) -> list[MonthDue]:
        """The months of an account that these books put in arrears."""
        return [each for each in self._months.values() if each.account == account and each.paid_on is None]

    def drop_owed(self, account: str) -> None:
        """Those months are not to be noted after all."""
        for month in self.owed(account):
            del self._months[(account, month.month)]

    def move(
        self, account: Account, kind: Movement, amount: int, *, month: date | None = None, note: str | None = None
    ) -> tuple[Account, Entry]:
        """Book ``amount`` fen (negative: out) today."""
        after, entry = account.moved(
            new_urn(self.authority, "fund-entry"), kind, amount, self.today, month=month, note=note
        )
        self.write(after)
        self.note(entry)
        return after, entry

    async def settle(self, account: Account, until: date) -> Account:
        """Credit the interest that statutory days up to ``until`` brought and that nobody has credited yet."""
        days = statutory_days(account.interest_until, until, self.law.interest_days(self.today))
        [after] = await self.settle_all([account], days) if days else [account]
        return after

    async def settle_all(self, accounts: list[Account], days: list[date]) -> list[Account]:
        """The same for many, for each of ``days`` in order; interest bears interest from the day it is credited."""
        moved = await ledger.movements(self.session, [account.urn for account in accounts])
        rates, settled = self.law.interest_rates(), []
        for account in accounts:
            movements = moved[account.urn]
            for day in days:
                if day <= account.interest_until:
                    continue
                year = self.law.interest_year(day)
                interest = accrued(movements, account.interest_until, day, rates, year)
                account = replace(account, interest_until=day)
                if interest:
                    urn = new_urn(self.authority, "fund-entry")
                    account, entry = account.moved(urn, "interest", interest, day)
                    self.note(entry, INTEREST)
                    movements.append((day, interest))
            self.write(account)
            settled.append(account)
        return settled

    async def close(self, account: Account, because: Closing, pay: Movement, note: str) -> Account:
        """Credit interest to the day, pay out all that there is and close the account for good."""
        account = await self.interest_to_date(account)
        if account.balance:
            account, _ = self.move(account, pay, -account.balance, note=note)
        account = account.closed(because, self.today)
        self.write(account)
        return account

    async def interest_to_date(self, account: Account) -> Account:
        """Statutory interest first, then that of the days since, up to today."""
        account = await self.settle(account, self.today)
        if account.interest_until == self.today:
            return account
        [account] = await self.settle_all([account], [self.today])
        return account

    async def commit(self) -> dict[str, Record]:
        """Store everything and publish it; the records by URN. VersionConflict when somebody was faster."""
        session, at = self.session, clock.now()
        await self._store(self.employers, FundEmployerRow)
        await self._store(self.accounts, FundAccountRow)
        await self._store(self.loans, FundLoanRow)
        await rows.insert(session, FundEntryRow, self._entries)
        await rows.put(session, FundMonthRow, list(self._months.values()))
        records: list[Record] = []
        for urn, employer in self.employers.items():
            records.append(employer_record(employer, self._change(urn), self.today, at, self.legal_basis))
        for urn, account in self.accounts.items():
            change: Change = "ended" if account.state == "closed" else self._change(urn)
            change = self.changes.get(urn, change)
            records.append(account_record(account, change, self.today, at, self.legal_basis))
        for urn, loan in self.loans.items():
            change = "ended" if loan.repaid_on else self._change(urn)
            records.append(loan_record(loan, change, self.today, at, self.legal_basis))
        for entry in self._entries:
            basis = self._bases.get(entry.urn, self.legal_basis)
            records.append(entry_record(entry, self.accounts[entry.account], "created", at, basis))
        if records:
            await self.registry.records.publish(session, *records)
        return {record.urn: record for record in records}

    async def _store(self, shelf: dict, table: type) -> None:
        for urn in [urn for urn, thing in shelf.items() if thing == self._opened.get(urn)]:
            del shelf[urn]  # read only
        new = [thing for urn, thing in shelf.items() if urn not in self._opened]
        old = [
            replace(thing, version=self._opened[urn].version + 1) for urn, thing in shelf.items() if urn in self._opened
        ]
        await rows.insert(self.session, table, new)
        # Closed ones first: a person's other account may only live once this one does not.
        await rows.save(self.session, table, [thing for thing in old if _closed(thing)])
        await rows.save(self.session, table, [thing for thing in old if not _closed(thing)])
        shelf.update({thing.urn: thing for thing in old})

    def _change(self, urn: str) -> Change:
        return "varied" if urn in self._opened else "created"

    def _shelf(self, thing: Account | Employer | Loan) -> dict:
        match thing:
            case Account():
                return self.accounts
            case Employer():
                return self.employers
            case Loan():
                return self.loans


def _closed(thing: Account | Employer | Loan) -> bool:
    return isinstance(thing, Account) and thing.state == "closed"
