"""Who may lift what was put on whom: two persons, always."""

from __future__ import annotations

from dataclasses import dataclass

from oversight.domain.problems import ActingPersonMissing, LiftBySupervisor, OwnCredential


@dataclass(frozen=True, slots=True)
class Orderer:
    """Who orders or lifts: an office's officer, or an operator (``officer`` None)."""

    client: str
    office: str | None
    officer: str | None
    token: str
    key: str | None

    @property
    def is_operator(self) -> bool:
        return self.office is None

    def require_named(self) -> None:
        """ActingPersonMissing for an office's call without its officer."""
        if not self.is_operator and self.officer is None:
            raise ActingPersonMissing


@dataclass(frozen=True, slots=True)
class Target:
    """What a revocation names (``kind`` client, officer, token, key), or a lock (``organisation`` with or without
    ``officer``)."""

    kind: str
    value: str
    organisation: str | None = None

    def is_about(self, caller: Orderer) -> bool:
        """Whether the caller calls by what it names."""
        match self.kind:
            case "client" | "organisation":
                return self.value in (caller.client, caller.office)
            case "officer":
                return (self.organisation, self.value) == (caller.office, caller.officer)
            case "token":
                return self.value == caller.token
            case "key":
                return self.value == caller.key
            case kind:
                raise ValueError(f"nothing of kind {kind} is revoked")


def may_lift(caller: Orderer, target: Target, put_by: Orderer | None = None) -> None:
    """OwnCredential for whom it is about, ActingPersonMissing without a name."""
    caller.require_named()
    if target.is_about(caller):
        raise OwnCredential


def may_unlock(caller: Orderer, target: Target, supervision: str) -> None:
    """A supervisor who is not locked by it. The supervision office as a whole, which nobody of it may unlock, an operator
    unlocks, and nothing else."""
    whole = target.kind == "organisation" and target.value == supervision
    if caller.is_operator and not whole:
        raise LiftBySupervisor
    may_lift(caller, target)
