"""Who may do what: pure functions over a principal and compiled data, deny by default.

``Access`` is an operation's rule (``x-access`` of the contract). ``decide`` is the rule for a look at a person: purposes
come in as compiled data, so that the same inputs always give the same decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["citizen", "representative", "agency", "service", "operator"]
OWN_WINDOW = ("citizen", "representative")
"""Whose own window and own commands it is: a person's, or the organisation's that a person acts for."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: what a verified token says and nothing else.

    ``subject`` is a citizen's pseudonym in ``sector``, a representative's organisation's, else the client id.
    ``authority`` is the full id of an agency (``demo.title-registry``). ``purpose`` is bound in an agency's token.
    ``actor`` is who acts for the subject (RFC 8693 ``act``): after a token exchange the client, or, of a
    representative's token at the gateway, the person who represents; of an agency's the officer whom it vouches for.
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


@dataclass(frozen=True, slots=True)
class Purpose:
    """A registered reason to look: ``fields`` maps a topic to the properties of its body that may be seen."""

    id: str
    holder: str
    fields: Mapping[str, frozenset[str]]
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Decision:
    """``reason`` is a stable code; ``fields`` is what may be released, empty when refused."""

    allowed: bool
    reason: str
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)


def decide(caller: Principal, purpose: Purpose | None, wanted: Mapping[str, frozenset[str]], on: date) -> Decision:
    """Whether ``caller`` may see ``wanted`` (topic -> properties) for ``purpose`` on the legal day ``on``.

    Never more than purpose and request have in common; anything wanted beyond the purpose refuses the whole look, so
    that nobody learns by trial what a purpose covers.
    """
    if caller.kind != "agency" or caller.authority is None:
        return Decision(False, "not-an-agency")
    if purpose is None or caller.purpose != purpose.id:
        return Decision(False, "purpose-unknown")
    if purpose.holder != caller.authority:
        return Decision(False, "purpose-not-held")
    if not purpose.valid_from <= on <= purpose.valid_until:
        return Decision(False, "purpose-not-valid")
    if not wanted:
        return Decision(False, "nothing-asked")
    for topic, properties in wanted.items():
        if not properties or not properties <= purpose.fields.get(topic, frozenset()):
            return Decision(False, "beyond-purpose")
    return Decision(True, "within-purpose", dict(wanted))
