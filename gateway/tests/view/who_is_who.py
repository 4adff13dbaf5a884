"""Who is who, as it should be: entries that merge and are parted, a department that files its records anew.

Knows nothing of the product. An *atom* is one human being; an entry of the register may hold several by mistake. Every
decision has a number; after each, the truth says whose window each gateway pseudonym opens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

SECTORS = ("gateway", "housing")
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
Script = list[tuple[str, int, int]]
KINDS = ("born", "double", "file", "merge", "merge", "undo", "undo", "part", "draft")


def written(number: int, length: int) -> str:
    """A number in the letters of identifiers."""
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(length)))


@dataclass
class Event:
    """``order`` is the decision that a link event belongs to (0: none); ``names`` are listed or named, by currency."""

    urn: str
    version: int
    link: bool
    change: str
    names: list[tuple[str, bool]]
    order: int = 0
    retired: tuple[str, ...] = ()


@dataclass
class Entry:
    """``current`` by sector; ``aliases`` came in by merges; ``merges`` are those not undone, the latest last."""

    link: str
    current: dict[str, str]
    atoms: set[int]
    aliases: list[str] = field(default_factory=list)
    merges: list[tuple[Entry, list[str]]] = field(default_factory=list)
    into: Entry | None = None

    def names(self) -> list[tuple[str, bool]]:
        return [(name, True) for name in self.current.values()] + [(name, False) for name in self.aliases]


@dataclass
class Truth:
    """After one decision: which atoms each gateway pseudonym may show, and which name nobody any more. ``parted`` are
    the names that a split was about; a merge parts nobody."""

    window: dict[str, frozenset[int]]
    retired: frozenset[str]
    parted: frozenset[str]


_towns = count()


class Town:
    """Plays a script; ``events`` are what identity and the department publish, ``timeline`` what is true after each
    decision, ``owner`` the atom of each record."""

    def __init__(self) -> None:
        self._town, self._ids = next(_towns), count()
        self.events: list[Event] = []
        self.timeline: list[Truth] = []
        self.owner: dict[str, int] = {}
        self._entries: list[Entry] = []
        self._retired: set[str] = set()
        self._versions: dict[str, int] = {}
        self._atoms = count()
        self._order = 0
        self._record(set())

    def play(self, script: Script) -> None:
        for kind, one, other in script:
            getattr(self, f"_{kind}")(one, other)

    def alive(self) -> list[Entry]:
        return [entry for entry in self._entries if entry.into is None]

    def ever(self) -> set[str]:
        """Every gateway pseudonym that anybody ever had a token for."""
        return {name for truth in self.timeline for name in truth.window} | self._retired

    # What happens

    def _born(self, _one: int, _other: int, humans: int = 1) -> None:
        atoms = {next(self._atoms) for _ in range(humans)}
        entry = Entry(self._urn("population-office", "link"), self._names(1), atoms)
        self._entries.append(entry)
        self._link(entry, "created")
        self._record(set(), decided=False)

    def _double(self, one: int, other: int) -> None:
        """Two human beings under one entry."""
        self._born(one, other, humans=2)

    def _file(self, one: int, other: int, *, drafted: bool = False) -> None:
        if (entry := self._pick(one)) is not None:
            urn = self._urn("title-registry", "title")
            self.owner[urn] = sorted(entry.atoms)[other % len(entry.atoms)]
            if drafted:
                self._publish(urn, "created", [])
            self._publish(urn, "varied" if drafted else "created", [(entry.current["housing"], True)])

    def _draft(self, one: int, other: int) -> None:
        self._file(one, other, drafted=True)

    def _merge(self, one: int, other: int) -> None:
        survivor, losing = self._pick(one), self._pick(other)
        if survivor is None or losing is None or survivor is losing:
            return
        self._order += 1
        moved = [name for name, _ in losing.names()]
        survivor.aliases += moved
        survivor.atoms |= losing.atoms
        survivor.merges.append((losing, moved))
        losing.into, losing.current, losing.aliases = survivor, {}, []
        self._link(survivor, "merged")
        self._publish(losing.link, "merged", [(name, False) for name in moved], link=True)
        self._refile(losing.atoms, survivor)
        self._record(set())

    def _undo(self, one: int, other: int) -> None:
        """An earlier merge, any of those that are not undone: it was none."""
        stayer = self._pick(one)
        if stayer is None or not stayer.merges:
            return
        losing, moved = stayer.merges.pop(other % len(stayer.merges))
        losing.into = None
        self._split(stayer, losing, losing.atoms, moved)

    def _part(self, one: int, other: int) -> None:
        """Somebody who was never entered alone leaves."""
        stayer = self._pick(one)
        if stayer is None:
            return
        native = sorted(stayer.atoms - {atom for losing, _ in stayer.merges for atom in losing.atoms})
        if len(native) < 2:
            return
        leaver = Entry(self._urn("population-office", "link"), {}, set())
        self._entries.append(leaver)
        self._split(stayer, leaver, {native[other % len(native)]}, [])

    def _split(self, stayer: Entry, leaver: Entry, atoms: set[int], returning: list[str]) -> None:
        self._order += 1
        parted = self._gateway_names(stayer, leaver)
        leaver.atoms = set(atoms)
        stayer.atoms -= atoms
        leaver.aliases = [name for name in stayer.aliases if name in returning]
        old = tuple(name for name, _ in stayer.names() if name not in leaver.aliases)
        stayer.aliases = []
        for entry in (stayer, leaver):
            entry.current = self._names(self._order + 1)
        self._retired |= {name for name in old if name.startswith("gateway.")}
        for entry in (stayer, leaver):
            self._link(entry, "corrected", old)
        for entry in (stayer, leaver):
            self._refile(entry.atoms, entry, contested=True)
        self._record(parted | self._gateway_names(stayer, leaver))

    # How it is told

    def _id(self) -> str:
        """Nobody's before, in whichever town; the same in every run."""
        return written(self._town, 10) + written(next(self._ids), 12)

    def _urn(self, office: str, kind: str) -> str:
        return f"urn:onewindow:demo.{office}:{kind}:{self._id()}"

    def _names(self, generation: int) -> dict[str, str]:
        return {sector: f"{sector}.{generation}.{self._id()}" for sector in SECTORS}

    def _pick(self, number: int) -> Entry | None:
        alive = self.alive()
        return alive[number % len(alive)] if alive else None

    def _gateway_names(self, *entries: Entry) -> set[str]:
        return {name for entry in entries for name, _ in entry.names() if name.startswith("gateway.")}

    def _refile(self, atoms: set[int], entry: Entry, *, contested: bool = False) -> None:
        for number, (urn, atom) in enumerate(self.owner.items()):
            if atom in atoms:
                if contested and number % 3 == 0:
                    self._publish(urn, "corrected", [])  # hidden until an office says whose it is
                self._publish(urn, "corrected" if contested else "merged", [(entry.current["housing"], True)])

    def _link(self, entry: Entry, change: str, retired: tuple[str, ...] = ()) -> None:
        self._publish(entry.link, change, entry.names(), link=True, retired=retired)

    def _publish(
        self, urn: str, change: str, names: list[tuple[str, bool]], *, link: bool = False, retired: tuple[str, ...] = ()
    ) -> None:
        version = self._versions[urn] = self._versions.get(urn, 0) + 1
        order = self._order if link and change != "created" else 0
        self.events.append(Event(urn, version, link, change, names, order, retired))

    def _record(self, parted: set[str], *, decided: bool = True) -> None:
        window = {
            name: frozenset(entry.atoms)
            for entry in self.alive()
            for name, _ in entry.names()
            if name.startswith("gateway.")
        }
        truth = Truth(window, frozenset(self._retired), frozenset(parted))
        if decided:
            self.timeline.append(truth)
        else:
            self.timeline[-1] = Truth(window, truth.retired, self.timeline[-1].parted)


def allowed(timeline: list[Truth], name: str, delivered: set[int]) -> frozenset[int] | None:
    """Whose records a window may show when link events of these decisions have arrived; None: the window has ended.

    What is true after the latest delivered split that the name is about, or will be true later: what a later decision
    brings may be here already. Before that split two persons were taken for one, and nobody knew better.
    """
    reached = max((k for k in delivered if name in timeline[k].parted), default=0)
    if any(name in timeline[k].retired for k in range(reached + 1)):
        return None
    return frozenset().union(*(truth.window.get(name, frozenset()) for truth in timeline[reached:]))


def interleaved(events: list[Event], choose: Iterator[int]) -> Iterator[Event]:
    """Each record's events in order, records in any."""
    streams: dict[str, list[Event]] = {}
    for event in events:
        streams.setdefault(event.urn, []).append(event)
    while streams:
        urns = list(streams)
        urn = urns[next(choose) % len(urns)]
        yield streams[urn].pop(0)
        if not streams[urn]:
            del streams[urn]
