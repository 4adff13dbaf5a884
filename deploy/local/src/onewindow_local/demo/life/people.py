"""Who is in the story, and the firm that pays for them month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from onewindow_local.demo import employers, firms
from onewindow_local.demo.city import Done, Person
from onewindow_local.demo.employers import RATE
from onewindow_local.demo.firms import Firm
from onewindow_local.demo.life.telling import Tale

HIS_WAGE, HER_WAGE = 1_200_000, 980_000
"""Fen a month, last year's average."""


@dataclass
class Family:
    """`paid` is the first day of the next month that the firm owes."""

    tale: Tale
    he: Person
    she: Person
    mother: Person
    firm: Firm
    bank: Firm
    builder: Firm
    employer: Done
    paid: date
    wages: dict[Person, int] = field(default_factory=dict)
    plate: dict[str, str] = field(default_factory=dict)
    flat: str = ""

    async def hire(self, person: Person, wage_fen: int) -> None:
        """The firm enrols somebody from this month on; what it owes for the months before is paid."""
        await self.pay_until(self.tale.day.year, self.tale.day.month)
        since = self.tale.day.replace(day=1)
        self.tale.did(await employers.hire(self.firm, self.employer, person, wage_fen, since=since))
        self.wages[person] = wage_fen

    async def pay_until(self, year: int, month: int) -> None:
        """The firm's representative pays month after month, each on the third day of the next, up to the month before."""
        while self.paid < date(year, month, 1):
            month_paid, following = self.paid, _next(self.paid)
            self.tale.when(following.year, following.month, 3)
            amounts = {person: 2 * (wage * RATE // 100) for person, wage in self.wages.items()}
            self.tale.did(await employers.contribute(self.firm, self.employer, f"{month_paid:%Y-%m}", amounts))
            self.paid = following


async def gather(tale: Tale) -> Family:
    """Everybody who is there before the story begins."""
    city = tale.city
    he = await city.newcomer("林样安", date(1990, 4, 12))
    she = await city.adult("陈例宁", born=date(1991, 9, 3), sex="2")
    mother = await city.adult("周试芳", born=date(1955, 2, 17), sex="2")
    boss = await city.adult("吴样明", born=date(1970, 6, 1))
    banker = await city.adult("郑例信", born=date(1975, 1, 9))
    for who, person in {"he": he, "she": she, "mother": mother, "boss": boss, "banker": banker}.items():
        await tale.meet(who, person)
    firm = await firms.found(city, "样本软件有限公司", boss, tale["boss"].citizen)
    builder = await firms.found(city, "样本置业有限公司", boss, tale["boss"].citizen)
    bank = await firms.found(city, "样本银行股份有限公司", banker, tale["banker"].citizen)
    enrolled = await employers.employer(city, firm)
    return Family(tale, he, she, mother, firm, bank, builder, enrolled, tale.day.replace(day=1))


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
