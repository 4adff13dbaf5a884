"""A household register: a closed circle of members of whom one is the head, named anew whenever the head leaves.

Kinship is never inferred from the relationship to the head (GB/T 4761): it is a record of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from identity.domain.problems import HeadExists, HeadRequired, HouseholdClosed, NotAMember

HEAD = "02"


@dataclass
class Household:
    """``members``: member to relationship code, None while it has to be stated anew; ``kind`` family or collective
    (集体户: no head is needed)."""

    kind: str
    members: dict[str, str | None] = field(default_factory=dict)
    open: bool = True

    @property
    def head(self) -> str | None:
        return next((member for member, relationship in self.members.items() if relationship == HEAD), None)

    def enter(self, member: str, relationship: str | None) -> None:
        """A family register's first member is its head; later ones are not."""
        if not self.open:
            raise HouseholdClosed
        if relationship == HEAD and self.head is not None:
            raise HeadExists
        if self.kind == "family" and not self.members and relationship != HEAD:
            raise HeadExists
        self.members[member] = relationship

    def leave(self, member: str, new_head: str | None = None, relationships: dict[str, str] | None = None) -> None:
        """Takes a member out. A departing head of a family is followed by ``new_head`` in the same step; a register
        that nobody is left in closes."""
        if member not in self.members:
            raise NotAMember
        was_head = self.members.pop(member) == HEAD
        if not self.members:
            self.open = self.kind != "family"
        elif was_head and (new_head is not None or self.kind == "family"):
            self.name_head(new_head, relationships)

    def name_head(self, new_head: str | None, relationships: dict[str, str] | None = None) -> None:
        """Makes a member the head. The others' codes meant the old head: they are as ``relationships`` restates them,
        else None."""
        if new_head is None:
            raise HeadRequired
        stated = relationships or {}
        if new_head not in self.members or any(member not in self.members for member in stated):
            raise NotAMember
        if HEAD in stated.values():
            raise HeadExists
        for member in self.members:
            self.members[member] = HEAD if member == new_head else stated.get(member)

    def reopen(self, member: str, relationship: str | None) -> None:
        """Takes back a member whose certificate expired: as the head where nobody is left, with the old code where
        the head that it meant is still there, else with a code to be stated anew (None)."""
        deserted = self.kind == "family" and not self.members
        self.open = self.open or deserted
        self.members[member] = HEAD if deserted else None if relationship == HEAD else relationship
