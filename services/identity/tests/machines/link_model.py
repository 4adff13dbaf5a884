"""Whose each record is, through merges and splits: a model of dictionaries that imports nothing of the product.

An entry is a person as the register knows it. A merge changes no owner: it says that two entries are one for the time
being. A split that undoes it parts them again; any other gives named records to an entry that is new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Part = tuple[str, str]
"""A record and by which column it names a person: a kinship names two."""


@dataclass
class Merge:
    """``untouched``: nothing happened to either since, so that undoing it must leave everything as it was."""

    survivor: int
    losing: int
    known: frozenset[Part]
    undone: bool = False
    untouched: bool = True


@dataclass
class Links:
    """``into`` says into which entry one was merged; ``names`` the identity name by which each is asked for."""

    names: dict[int, str]
    into: dict[int, int] = field(default_factory=dict)
    owner: dict[Part, int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    dead: set[int] = field(default_factory=set)
    aliases: dict[str, int] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)
    ties: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Kinships in force: kind, and the present persons on both sides."""

    def root(self, entry: int) -> int:
        while entry in self.into:
            entry = self.into[entry]
        return entry

    def alive(self) -> list[int]:
        return [entry for entry in self.names if entry not in self.into]

    def holds(self, entry: int) -> set[Part]:
        """What the person of this entry has at present."""
        return {part for part, owner in self.owner.items() if self.root(owner) == entry}

    def touch(self, *entries: int) -> None:
        """Something happened to these persons: a merge of theirs can't be undone without a trace any more."""
        for merge in self.merges:
            if merge.survivor in entries:
                merge.untouched = False

    # What must be refused, by code; None where it must be done

    def may_merge(self, survivor: int, losing: int, *, stated: bool) -> str | None:
        if {self.names[survivor], self.names[losing]} & self.retired:
            return "person-not-found"
        if self.root(survivor) == self.root(losing):
            return "person-merged-with-self"
        if survivor in self.into or losing in self.into:
            return "person-merged-already"
        if (survivor in self.dead) != (losing in self.dead) and not stated:
            return "merge-dead-with-alive"
        return self._kin(survivor, losing)

    def _kin(self, survivor: int, losing: int) -> str | None:
        mine = [tie for tie in self.ties.values() if survivor in tie[1:]]
        theirs = [tie for tie in self.ties.values() if losing in tie[1:]]
        if any(losing in tie[1:] for tie in mine):
            return "merge-kin"
        for kind, first, second in theirs:
            other = second if first == losing else first
            for also, one, two in mine:
                same = (two if one == survivor else one) == other
                if kind == also == "parentage" and same and (first == losing) != (one == survivor):
                    return "merge-kin"
        if any(
            kind == also == "marriage" and {first, second} - {losing} != {one, two} - {survivor}
            for kind, first, second in theirs
            for also, one, two in mine
        ):
            return "merge-bigamy"
        return None

    def may_undo(self, stayer: int, number: int) -> str | None:
        if refused := self._named(stayer):
            return refused
        merge = self.merges[number] if number < len(self.merges) else None
        if merge is None or merge.undone or merge.survivor != stayer:
            return "split-merge-unknown"
        return None

    def may_part(self, stayer: int, urns: Iterable[str]) -> str | None:
        if refused := self._named(stayer):
            return refused
        wanted = set(urns)
        if not wanted:
            return "split-of-nothing"
        return None if wanted <= {urn for urn, _ in self.holds(stayer)} else "split-not-theirs"

    def _named(self, entry: int) -> str | None:
        """By an alias nobody is parted; a name that meant two persons is nobody's."""
        if self.names[entry] in self.retired:
            return "person-not-found"
        return "person-merged-already" if entry in self.into else None

    # What is done

    def merge(self, survivor: int, losing: int) -> None:
        self.touch(survivor, losing)
        self.merges.append(Merge(survivor, losing, frozenset(self.holds(losing))))
        self.into[losing] = survivor
        self.aliases[self.names[losing]] = losing

    def undo(self, stayer: int, number: int) -> int:
        """The entry that leaves."""
        merge = self.merges[number]
        merge.undone = True
        self.touch(stayer)
        del self.into[merge.losing]
        since = self.holds(merge.losing) - merge.known
        for part in since:
            self.owner[part] = stayer
        self._retire(stayer, keep={name for name, who in self.aliases.items() if self.root(who) == merge.losing})
        return merge.losing

    def part(self, stayer: int, urns: Iterable[str]) -> int:
        """A new entry with these records."""
        leaver = len(self.names)
        self.names[leaver] = ""
        self.touch(stayer)
        for urn, column in list(self.holds(stayer)):
            if urn in set(urns):
                self.owner[urn, column] = leaver
        self._retire(stayer, keep=set())
        return leaver

    def _retire(self, stayer: int, keep: set[str]) -> None:
        mine = {name for name, who in self.aliases.items() if self.root(who) == stayer and name not in keep}
        self.retired |= mine | {self.names[stayer]}
        for name in mine:
            del self.aliases[name]
