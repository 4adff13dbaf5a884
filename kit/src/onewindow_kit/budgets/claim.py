"""On whose budgets a look counts: an organisation's and its acting person's, for one purpose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from onewindow_kit.callers import Principal
from onewindow_kit.purposes import Budget, Purpose

BUCKET = 12
"""Bytes that name a budget in the node's store: by chance two of a billion budgets fall together once in 10^11."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``organisation`` is the authority's id, a service's client id; ``actor`` the officer, None for a machine.

    ``budgets`` are those that count for such a caller: a machine has no acting person, and counts for its organisation only.
    ``buckets`` names each of them in the store.
    """

    organisation: str
    client: str
    actor: str | None
    purpose: str | None
    budgets: tuple[Budget, ...]
    buckets: tuple[bytes, ...]

    @classmethod
    def of(cls, caller: Principal, purpose: Purpose | None) -> Claim:
        """Of ``caller`` looking for ``purpose``; None (an unknown one) has no budgets, but locks hold all the same."""
        known = (purpose.id, purpose.budgets) if purpose is not None else (None, ())
        actor = caller.actor if caller.kind == "agency" else None  # who exchanged a token is nobody's acting person
        return claim(caller.authority or caller.client_id, caller.client_id, actor, *known)


@lru_cache(maxsize=20_000)
def claim(organisation: str, client: str, actor: str | None, purpose: str | None, budgets: tuple[Budget, ...]) -> Claim:
    """The one claim of these values; hashing names costs more than looking a count up."""
    if actor is None:
        budgets = tuple(budget for budget in budgets if budget.of == "organisation")
    buckets = tuple(bucket(budget, purpose or "", organisation, actor) for budget in budgets)
    return Claim(organisation, client, actor, purpose, budgets, buckets)


def bucket(budget: Budget, purpose: str, organisation: str, actor: str | None) -> bytes:
    person = actor if budget.of == "actor" and actor is not None else ""
    return hashed("\0".join((budget.name, purpose, organisation, person)))


def hashed(text: str) -> bytes:
    """A name of fixed length; what must not be guessed from it (numbers, names) is never put in."""
    return blake2b(text.encode(), digest_size=BUCKET).digest()
