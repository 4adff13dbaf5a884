"""One ledger takes over another when two accounts turn out to be one person's, and gives it back when that was wrong."""

from dataclasses import replace

from housing.domain.fund.account import Account
from housing.domain.fund.problems import SplitShort
from housing.service.fund.books import Books
from housing.service.fund.employees import seal
from housing.store.fund import ledger, links, rows
from housing.store.fund.loans import Carried
from housing.tables.fund import FundCarriedRow

CARRIED = "账户合并 / accounts merged"
PARTED = "账户分立 / accounts parted"


def survivor(one: Account, other: Account) -> tuple[Account, Account]:
    """Which of two live accounts goes on and which is closed: the one that somebody pays for, else ``one``."""
    return (other, one) if one.state == "sealed" and other.state == "open" else (one, other)


async def carry(books: Books, target: Account, source: Account) -> None:
    """Everything of ``source`` goes to ``target``, interest to the day included; both are open in the books."""
    state = source.state
    if source.state == "open":
        await seal(books, source, books.today)
        source = books.accounts[source.urn]
    source = await books.interest_to_date(source)
    amount = source.balance
    if amount:
        source, _ = books.move(source, "transfer-out", -amount, note=CARRIED)
        target, _ = books.move(target, "transfer-in", amount, note=CARRIED)
    await _arrears(books, target, source)
    books.write(replace(books.accounts[source.urn], arrears=0).closed("merged", books.today))
    await rows.put(books.session, FundCarriedRow, [Carried(source.urn, target.urn, amount, state)])


async def give_back(books: Books, carried: Carried, besides: int = 0) -> bool:
    """``source`` lives again, sealed, with what was its own and ``besides`` (negative: less); False when that is more
    than ``target`` has left, or less than nothing."""
    target, source = books.accounts[carried.target], books.accounts[carried.source]
    amount = carried.amount + besides
    if not 0 <= amount <= target.balance:
        return False
    sealed_on, today = source.closed_on, books.today
    lives = replace(source, state="sealed", sealed_on=sealed_on, closed_on=None, closed_because=None)
    lives = replace(lives, interest_until=today)
    books.write(lives)
    shift(books, target, lives, amount)
    await links.forget_carried(books.session, carried.source)
    return True


def shift(books: Books, giver: Account, taker: Account, amount: int) -> None:
    """``amount`` fen (negative: the other way) of ``giver``'s ledger are ``taker``'s; neither may become negative."""
    if giver.balance < amount or taker.balance < -amount:
        raise SplitShort
    if amount:
        books.move(giver, "correction", -amount, note=PARTED)
        books.move(taker, "correction", amount, note=PARTED)


async def _arrears(books: Books, target: Account, source: Account) -> None:
    """Months in arrears go along; one that ``target`` has too is owed once."""
    known = await ledger.months(books.session, [target.urn])
    unpaid = [*await links.owed(books.session, source.urn), *books.owed(source.urn)]
    target = books.accounts[target.urn]
    for month in {each.month: each for each in unpaid}.values():
        if (target.urn, month.month) not in known:
            books.note_month(replace(month, account=target.urn))
            target = replace(target, arrears=target.arrears + month.due)
        elif month.employer is not None:
            books.write(books.employers[month.employer].owing(-month.due, -1))
    books.write(target)
    books.drop_owed(source.urn)
    await links.forget_owed(books.session, source.urn)
