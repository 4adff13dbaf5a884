"""Flats of the sample: who owns what, in which form, bought when and for how much, with which mortgage."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from onewindow_local.sample.people import Household, Person
from onewindow_local.sample.work import Firm

# Organisations that do not exist; their codes are well-formed (GB 32100).
BANKS = (
    ("望湖银行杭州分行", "91330100255000010A"),
    ("钱塘合作银行", "91330100255000020B"),
    ("青枫储蓄银行杭州支行", "91330100255000030C"),
)
COURT = "望湖区人民法院"
# Yuan for a square metre, by district; elsewhere the last.
_PRICES = {"330102": 46000, "330105": 34000, "330106": 45000, "330108": 42000, "330109": 30000, "330113": 22000}
_USUAL_PRICE = 17000
# One registry for land and houses from here on; what was certified before was a house's ownership and its mortgage.
_UNIFIED = date(2015, 3, 1)
# Above what the registry itself allots, so that no number is given twice.
_TAKEN_OVER = 9_000_000


@dataclass(slots=True)
class Mortgage:
    """`secured_fen` in fen; `debt_until` is the last day of the debt's term."""

    bank: str
    bank_code: str
    secured_fen: int
    debt_from: date
    debt_until: date
    no_transfer: bool
    certificate_number: str


@dataclass(slots=True)
class Home:
    """`owners` with their shares (`1/2`), None in sole and joint ownership; `frozen_since` by a court's order."""

    unit_code: str
    address: str
    area_m2: str
    ownership: str
    owners: list[tuple[Person | Firm, str | None]]
    certificate_number: str
    cause: str
    registered_on: date
    price_fen: int | None
    mortgage: Mortgage | None = None
    frozen_since: date | None = None


def title_number(on: date, count: int) -> str:
    """A title certificate's number as it was written on that day."""
    if on < _UNIFIED:
        return f"杭房权证移字第{on:%y}{count:06d}号"
    return f"浙（{on.year}）杭州市不动产权第{_TAKEN_OVER + count}号"


def entry_number(on: date, count: int) -> str:
    """The same for a mortgage's certificate."""
    if on < _UNIFIED:
        return f"杭房他证字第{on:%y}{count:06d}号"
    return f"浙（{on.year}）杭州市不动产证明第{_TAKEN_OVER + count}号"


class Homes:
    """Gives households the flats that people of their age have."""

    def __init__(self, chance: random.Random, on: date) -> None:
        self.chance = chance
        self.on = on
        self.count = 0

    def of(self, household: Household) -> list[Home]:
        """None, one, or sometimes two flats of one household."""
        if household.kind == "collective":
            return []
        head = household.head
        wife = next((person for person, relationship in household.members if relationship == "10"), None)
        age = head.age(self.on)
        if age < 20 or self.chance.random() > min(0.9, max(0.05, (age - 20) / 25)):
            return []
        homes = [self.home(household, self._owners(head, wife))]
        if age > 40 and self.chance.random() < 0.12:
            homes.append(self.home(household, [(head, None)], elsewhere=True))
        return homes

    def home(self, household: Household, owners: list[tuple[Person, str | None]], *, elsewhere: bool = False) -> Home:
        """A flat of `owners`; mortgaged when it was bought lately by people who still work."""
        chance = self.chance
        self.count += 1
        youngest = max(person.born for person, _ in owners)
        years = max(0.4, min((self.on - youngest).days / 365.25 - 22, 25))
        registered_on = self.on - timedelta(days=int(chance.uniform(0.3, years) * 365))
        area = chance.triangular(38, 180, 89)
        price = round(area * _PRICES.get(household.division, _USUAL_PRICE) * chance.uniform(0.75, 1.2), -3)
        shares = any(share for _, share in owners)
        home = Home(
            unit_code=f"{household.division}{chance.randint(1, 999):03d}{chance.randint(1, 999):03d}GB"
            f"{chance.randint(1, 99999):05d}F{self.count % 10**8:08d}",
            address=(household.address[:-1] + "西室") if elsewhere else household.address,
            area_m2=f"{area:.2f}",
            ownership="by-shares" if shares else "joint" if len(owners) > 1 else "sole",
            owners=owners,
            certificate_number=title_number(registered_on, self.count),
            cause="purchase",
            registered_on=registered_on,
            price_fen=int(price) * 100,
        )
        age = owners[0][0].age(self.on)
        if age < 60 and (self.on - registered_on).days < 20 * 365 and chance.random() < 0.62:
            home.mortgage = self.mortgage(home)
        return home

    def mortgage(self, home: Home) -> Mortgage:
        """Two thirds of the price or so, for twenty or thirty years from the day of purchase."""
        bank, code = self.chance.choice(BANKS)
        loan = int((home.price_fen or 100_000_000) * self.chance.uniform(0.35, 0.7)) // 1_000_000 * 1_000_000
        years = self.chance.choice((20, 30))
        since = home.registered_on
        return Mortgage(
            bank=bank,
            bank_code=code,
            secured_fen=loan,
            debt_from=since,
            debt_until=since + timedelta(days=int(years * 365.25)),
            no_transfer=self.chance.random() < 0.08,
            certificate_number=entry_number(since, self.count),
        )

    def _owners(self, head: Person, partner: Person | None) -> list[tuple[Person, str | None]]:
        if partner is None or not partner.living:
            return [(head, None)]
        turn = self.chance.random()
        if turn < 0.62:
            return [(head, None), (partner, None)]
        if turn < 0.72:
            share = self.chance.choice((("1/2", "1/2"), ("2/3", "1/3"), ("3/4", "1/4")))
            return [(head, share[0]), (partner, share[1])]
        return [(self.chance.choice((head, partner)), None)]
