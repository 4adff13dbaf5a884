"""A small model of whose each record is through merges, splits and officers' decisions; no product code in it."""

from dataclasses import dataclass, field


@dataclass
class Merge:
    """What one person brought into another, and what that other one had then."""

    losing: str
    brought: set[str]
    had: set[str]
    earlier: list["Merge"]
    """The merges of the one who came, which go with them when they leave."""

    def names(self) -> set[str]:
        return {self.losing}.union(*(merge.names() for merge in self.earlier))


@dataclass
class Review:
    """Records that are nobody's until an officer says whose."""

    old: str
    sides: tuple[str, str]
    keys: set[str]


@dataclass
class Record:
    kind: str
    holder: str | None
    order: int
    live: bool = True
    car: str | None = None
    household: str = ""


@dataclass
class Judge:
    people: list[str]
    households: dict[str, str]
    quota: int = 2
    records: dict[str, Record] = field(default_factory=dict)
    merges: dict[str, list[Merge]] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    split: dict[str, tuple[str, str]] = field(default_factory=dict)
    became: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def of(self, name: str, kind: str | None = None) -> list[str]:
        return [
            urn
            for urn, record in self.records.items()
            if record.holder == name and (kind is None or (record.kind == kind and record.live))
        ]

    def made(self, kind: str, urn: str, holder: str, **more: str) -> None:
        self.count += 1
        self.records[urn] = Record(kind, holder, self.count, **more)

    def licence(self, name: str) -> str | None:
        return "licence-exists" if self.of(name, "licence") else None

    def enter(self, name: str) -> str | None:
        return "entry-exists" if self.of(name, "entry") else None

    def permit(self, name: str, car: str) -> str | None:
        """A permit for a car that is the applicant's own."""
        if any(r.kind == "permit" and r.live and r.car == car for r in self.records.values()):
            return "permit-exists"
        home = self.households[name]
        live = [r for r in self.records.values() if r.kind == "permit" and r.live and r.household == home]
        return "quota-reached" if len(live) >= self.quota else None

    def scrap(self, car: str) -> None:
        self.records[car].live = False
        for record in self.records.values():
            if record.kind == "permit" and record.car == car:
                record.live = False

    def merge(self, losing: str, into: str) -> None:
        brought, had = set(self.of(losing)), set(self.of(into))
        self._one_entry(brought | had)
        for urn in brought:
            self.records[urn].holder = into
        self.merges.setdefault(into, []).append(Merge(losing, brought, had, self.merges.pop(losing, [])))
        self.people.remove(losing)
        self.became[losing] = into

    def returning(self, name: str) -> set[str]:
        """The names that come back when the last merge is undone; none without one."""
        return self.merges[name][-1].names() if self.merges.get(name) else set()

    def part(self, old: str, stays: str, leaves: str) -> None:
        """Undoes the last merge; without one everything is contested."""
        owed = any(old in (self.now(side) for side in review.sides) for review in self.reviews)
        mine, merges = self.of(old), self.merges.pop(old, [])
        brought: set[str] = set()
        had: set[str] = set()
        if merges:
            undone = merges.pop()
            brought, had = undone.brought, undone.had
            self.merges[leaves] = undone.earlier
            for name in undone.names():
                if self.became.get(name) == old:
                    self.became[name] = leaves
        self.merges[stays] = merges
        for name, now in self.became.items():
            if now == old:
                self.became[name] = stays
        contested = set()
        for urn in mine:
            record = self.records[urn]
            record.holder = leaves if urn in brought else stays if urn in had else None
            if record.holder is None:
                contested.add(urn)
        self.people.remove(old)
        self.people += [stays, leaves]
        self.split[old] = (stays, leaves)
        if contested or owed:
            self.reviews.append(Review(old, (stays, leaves), contested))

    def now(self, name: str) -> str:
        """Who a name is today, merges followed."""
        while name in self.became:
            name = self.became[name]
        return name

    def decide(self, review: Review, sides: dict[str, int]) -> None:
        """``sides``: for each record 0 who stays, 1 who leaves."""
        self.reviews.remove(review)
        for side in (0, 1):
            keys, name = {urn for urn, n in sides.items() if n == side}, self.now(review.sides[side])
            if name in self.split:
                if keys:
                    self.reviews.append(Review(name, self.split[name], keys))
                continue
            self._one_entry(keys | set(self.of(name)))
            for urn in keys:
                self.records[urn].holder = name

    def _one_entry(self, urns: set[str]) -> None:
        """Of two entries of one person in the pool the later one goes."""
        live = [self.records[u] for u in urns if self.records[u].kind == "entry" and self.records[u].live]
        for later in sorted(live, key=lambda record: record.order)[1:]:
            later.live = False
