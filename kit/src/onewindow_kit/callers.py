"""Who calls, and which operations are open to whom: pure values, deny by default.

``Principal`` is what a verified token says. ``Access`` is an operation's rule (``x-access`` of the contract).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["citizen", "representative", "agency", "service", "operator"]
OWN_WINDOW = ("citizen", "representative")
"""Whose own window and own commands it is: a person's, or the organisation's that a person acts for."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: what a verified token says and nothing else.

    ``subject`` is a citizen's pseudonym in ``sector``, a representative's organisation's, else the client id.
    ``authority`` is the full id of an agency (``demo.title-registry``). ``purpose`` and ``case`` are bound in the token
    (RFC 9396), ``thumbprint`` is that of the key which its holder must prove (RFC 9449 ``jkt``; None: a bearer's).
    ``actor`` is who acts for the subject (RFC 8693 ``act``): after a token exchange the client, or, of a
    representative's token at the gateway, the person who represents; of an agency's the officer whom it vouches for,
    and ``unit`` the unit in which the officer works.
    """

    kind: Kind
    subject: str
    sector: str
    client_id: str
    token_id: str
    expires_at: int
    authority: str | None = None
    purpose: str | None = None
    actor: str | None = None
    case: str | None = None
    thumbprint: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """An operation's access rule, parsed from strings such as ``citizen``, ``agency:title-registry``, ``public``."""

    public: bool
    grants: frozenset[tuple[str, str | None]]

    @classmethod
    def parse(cls, rule: Iterable[str]) -> Access:
        """ValueError for an empty rule or an unknown word: an operation without a rule must not start."""
        grants, public = set(), False
        for entry in rule:
            kind, _, name = entry.partition(":")
            if entry == "public":
                public = True
            elif kind in ("citizen", "representative", "operator") and not name:
                grants.add((kind, None))
            elif kind in ("agency", "service"):
                grants.add((kind, name or None))
            else:
                raise ValueError(f"unknown access rule {entry!r}")
        if not grants and not public:
            raise ValueError("an access rule names at least one kind of caller")
        return cls(public, frozenset(grants))

    def permits(self, caller: Principal, instance: str) -> bool:
        """Whether ``caller`` may use the operation at this instance."""
        if (caller.kind, None) in self.grants:
            return True
        if caller.kind == "agency":
            prefix, _, local = (caller.authority or "").partition(".")
            return prefix == instance and ("agency", local) in self.grants
        return caller.kind == "service" and ("service", caller.client_id) in self.grants
