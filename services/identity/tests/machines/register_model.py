"""What registers must look like: a model of plain dictionaries that imports nothing of the product.

A person is in exactly one register or has a stated reason; a family register with members has one head; a register
that nobody is left in is closed; an expired certificate brings its holder back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

HEAD = "02"
TERM = timedelta(days=30)


@dataclass
class Register:
    kind: str
    members: dict[int, str | None] = field(default_factory=dict)
    open: bool = True

    def head(self) -> int | None:
        return next((who for who, code in self.members.items() if code == HEAD), None)


@dataclass
class Move:
    step: str
    from_register: int
    old_code: str | None = None
    until: date | None = None


@dataclass
class Registers:
    """Persons and registers are numbers. Every command answers whether it must be done."""

    day: date
    standing: dict[int, str] = field(default_factory=dict)
    registers: dict[int, Register] = field(default_factory=dict)
    moves: dict[int, Move] = field(default_factory=dict)
    born: dict[int, date] = field(default_factory=dict)

    def place(self, who: int) -> int | None:
        return next((r for r, register in self.registers.items() if who in register.members), None)

    def _fits(self, register: Register, code: str | None) -> bool:
        if not register.open or (code == HEAD and register.head() is not None):
            return False
        return not (register.kind == "family" and not register.members and code != HEAD)

    def enter(self, who: int, r: int, code: str) -> bool:
        if self.standing[who] in ("registered", "in-transit", "dead") or not self._fits(self.registers[r], code):
            return False
        self.registers[r].members[who] = code
        self.standing[who] = "registered"
        return True

    def opened(self, who: int) -> bool:
        if self.standing[who] in ("registered", "in-transit", "dead"):
            return False
        self.registers[len(self.registers)] = Register("family", {who: HEAD})
        self.standing[who] = "registered"
        return True

    def _may_leave(self, who: int, heir: int | None) -> bool:
        register = self.registers[self.place(who)]  # type: ignore[index]  # asked of the registered only
        others = register.members.keys() - {who}
        return register.kind != "family" or register.head() != who or not others or heir in others

    def _leave(self, who: int, heir: int | None) -> str | None:
        """The old code."""
        register = self.registers[self.place(who)]  # type: ignore[index]  # asked of the registered only
        code = register.members.pop(who)
        if register.kind == "family" and code == HEAD and register.members:
            register.members = {m: HEAD if m == heir else None for m in register.members}
        if register.kind == "family" and not register.members:
            register.open = False
        return code

    def depart(self, who: int, reason: str, heir: int | None) -> bool:
        if who in self.moves or self.standing[who] != "registered" or not self._may_leave(who, heir):
            return False
        self._leave(who, heir)
        self.standing[who] = reason
        return True

    def die(self, who: int, heir: int | None) -> bool:
        if self.standing[who] == "dead":
            return False
        if self.standing[who] == "registered":
            if not self._may_leave(who, heir):
                return False
            self._leave(who, heir)
        self.moves.pop(who, None)
        self.standing[who] = "dead"
        return True

    def revive(self, who: int, r: int, code: str) -> bool:
        if self.standing[who] in ("registered", "in-transit") or not self._fits(self.registers[r], code):
            return False
        self.registers[r].members[who] = code
        self.standing[who] = "registered"
        return True

    def permit(self, who: int) -> bool:
        if self.standing[who] != "registered" or who in self.moves:
            return False
        self.moves[who] = Move("permitted", self.place(who))  # type: ignore[arg-type]  # registered
        return True

    def certify(self, who: int, heir: int | None) -> bool:
        move = self.moves.get(who)
        if move is None or move.step != "permitted" or not self._may_leave(who, heir):
            return False
        move.from_register = self.place(who)  # type: ignore[assignment]  # registered
        move.step, move.old_code, move.until = "in-transit", self._leave(who, heir), self.day + TERM
        self.standing[who] = "in-transit"
        return True

    def arrive(self, who: int, r: int, code: str) -> bool:
        move = self.moves.get(who)
        if move is None or move.step != "in-transit" or not self._fits(self.registers[r], code):
            return False
        self.registers[r].members[who] = code
        self.standing[who] = "registered"
        del self.moves[who]
        return True

    def withdraw(self, who: int) -> bool:
        if who not in self.moves or self.moves[who].step != "permitted":
            return False
        del self.moves[who]
        return True

    def name_head(self, r: int, who: int) -> bool:
        register = self.registers[r]
        if register.kind != "family" or who not in register.members or register.head() == who:
            return False
        register.members = {m: HEAD if m == who else None for m in register.members}
        return True

    def birth(self, parent: int, r: int) -> bool:
        register = self.registers[r]
        if self.place(parent) != r or self.born[parent] >= self.day or not self._fits(register, "20"):
            return False
        child = len(self.standing)
        register.members[child] = "20"
        self.standing[child], self.born[child] = "registered", self.day
        return True

    def wait(self, days: int, order: Callable[[int], str]) -> int:
        """How many expired certificates bring somebody back; ``order`` is who comes first into a deserted register."""
        self.day += timedelta(days=days)
        late = [who for who, move in self.moves.items() if move.until is not None and self.day > move.until]
        for who in sorted(late, key=order):
            move = self.moves.pop(who)
            register = self.registers[move.from_register]
            deserted = register.kind == "family" and not register.members
            register.open = register.open or deserted
            register.members[who] = HEAD if deserted else None if move.old_code == HEAD else move.old_code
            self.standing[who] = "registered"
        return len(late)
