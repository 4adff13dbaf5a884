"""Where a person stands: in one permanent register, or in none for a stated reason (户口登记条例 2, 6).

A standing never contradicts the registers: ``registered`` holds exactly while one registration is open.
"""

from __future__ import annotations

from enum import StrEnum

from identity.domain.problems import AlreadyRegistered, NotRegistered, PersonIsDead


class Standing(StrEnum):
    REGISTERED = "registered"
    IN_TRANSIT = "in-transit"
    SERVING = "serving"
    SETTLED_ABROAD = "settled-abroad"
    ELSEWHERE = "elsewhere"
    UNREGISTERED = "unregistered"
    FOREIGN = "foreign"
    DEAD = "dead"


# Standings that an office may declare when a registration ends; the others follow from other commands.
DECLARABLE = frozenset({Standing.SERVING, Standing.SETTLED_ABROAD, Standing.UNREGISTERED})
# Standings of persons who are entered without a registration here.
ADMISSIBLE = frozenset({Standing.ELSEWHERE, Standing.FOREIGN})


def may_enter(standing: Standing) -> None:
    """A register takes a living person who is in none; in transit only an arrival ends (see moves)."""
    match standing:
        case Standing.DEAD:
            raise PersonIsDead
        case Standing.REGISTERED:
            raise AlreadyRegistered
        case Standing.IN_TRANSIT:
            raise AlreadyRegistered("The person is in transit between two registers: end the move by its arrival.")


def may_leave(standing: Standing) -> None:
    """Only who is registered can leave a register."""
    match standing:
        case Standing.DEAD:
            raise PersonIsDead
        case Standing.REGISTERED:
            return
        case _:
            raise NotRegistered


def alive(standing: Standing) -> None:
    """PersonIsDead for the dead."""
    if standing is Standing.DEAD:
        raise PersonIsDead
