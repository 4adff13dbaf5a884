"""A department's own look-ups of people: decided before they are made, counted and recorded before their answer leaves.

The edge asks ``begin`` before a read is handled, ``people`` inside its transaction, and ``answered`` before the answer leaves.
What was refused, or not found, is recorded too.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol, TypeVar

import orjson
import structlog
from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.access import AccessLog, Seen
from onewindow_kit.budgets import Asked, Claim, asked
from onewindow_kit.callers import OWN_WINDOW, Principal
from onewindow_kit.decide import Decision, Purpose, Reason, Usage
from onewindow_kit.guard import subjects
from onewindow_kit.guard.register import Register
from onewindow_kit.guard.shows import Shows
from onewindow_kit.problems import Internal, NotFound, Problem
from onewindow_kit.refusals import refusal
from onewindow_kit.sealing import Sealer

log = structlog.get_logger(__name__)
D = TypeVar("D")
NOT_MODIFIED = 304


class Counting(Protocol):
    """What the budgets of the node do for a look (``onewindow_kit.budgets.Budgets``)."""

    def standing(self, claim: Claim) -> Usage: ...

    def governed(self, claim: Claim, subjects: Iterable[str], decide: Any) -> Any: ...


@dataclass(slots=True)
class Look:
    """One read of people under way."""

    operation: str
    caller: Principal
    wanted: Mapping[str, frozenset[str]]
    purpose: Purpose | None
    asked: Asked | None
    people: list[str] = field(default_factory=list)

    @property
    def own(self) -> bool:
        return self.caller.kind in OWN_WINDOW


class Looks:
    """``blind`` is the holder's key for hashes of what was looked up; ``sealer`` opens the department's records."""

    def __init__(
        self, department: str, register: Register, budgets: Counting, record: AccessLog, sealer: Sealer, blind: bytes
    ) -> None:
        self._department, self._register, self._budgets = department, register, budgets
        self._record, self._sealer, self._blind = record, sealer, blind

    async def begin(self, operation: str, shows: Shows, caller: Principal, request: Request) -> Look:
        """Before the handler: the decision about asking at all, which says nothing of any person; a refusal is raised."""
        wanted = self._register.wanted(shows.at(request.path_params))
        if not all(wanted.values()):
            raise NotFound  # the path names no record type that there is
        own = caller.kind in OWN_WINDOW
        purpose = None if own else self._register.purpose(caller, wanted)
        if caller.kind == "service" and caller.purpose is None and purpose is not None:
            caller = replace(caller, purpose=purpose.id)
        look = Look(f"{self._department}.{operation}", caller, wanted, purpose, await self._asked(operation, request))
        if not own:
            usage = self._budgets.standing(Claim.of(caller, purpose))
            await self._or_refuse(look, self._register.may_ask(caller, purpose, wanted, usage))
        return look

    async def not_open(self, operation: str, shows: Shows, caller: Principal, request: Request) -> None:
        """Record that ``caller`` tried an operation which is not open to it."""
        wanted = self._register.wanted(shows.at(request.path_params))
        look = Look(f"{self._department}.{operation}", caller, wanted, None, None)
        await self._record.keep(self._seen(look, "refused", "operation-not-open"), [None])

    async def named(self, look: Look, session: AsyncSession, request: Request, response: Response) -> None:
        """Inside the transaction, after the handler: whom the answer shows."""
        text, answer = _read(response)
        # Never what stands in the query: no operation names anybody there, and a made-up name would stand for the real one.
        asked_for = f"{request.url.path} {(await request.body()).decode(errors='replace')}"
        said: set[str] | None = session.info.get(subjects.SHOWN)
        found = subjects.pseudonyms(asked_for) | subjects.pseudonyms(text)
        stored = subjects.unnamed(answer, [kind.partition(".")[2] for kind in look.wanted])
        if not found and not said and not stored:
            stored = subjects.urns(request.url.path)
        named = await subjects.subjects_of(session, self._sealer, stored)
        found = found.union(*named.values())
        # A name in another sector is the same person's again where the department's own is known.
        own = {each for each in found if each.partition(".")[0] in self._register.sectors} | (said or set())
        look.people = sorted(own or found)
        if not look.people and said is None and not named and not subjects.empty(answer):
            log.error("an answer names nobody whom it shows", operation=look.operation)
            raise Internal("The answer does not say whom it shows.")

    async def answered(self, look: Look, response: Response) -> None:
        """Before the answer leaves: counted, decided, and its entries kept. A refusal, or EntryNotKept, is raised."""
        outcome = "not-modified" if response.status_code == NOT_MODIFIED else "answered"
        if look.own:
            kept = await self._record.keep(self._seen(look, outcome, Reason.OWN), look.people or [look.caller.subject])
        else:
            # Nobody found in a look-up counts as what was asked: trying is budgeted like finding.
            counted = look.people or ([look.asked.what] if look.asked else [])
            decision = self._governed(look, counted, self._register.decide)
            await self._or_refuse(look, decision)
            kept = await self._record.keep(self._seen(look, outcome, decision.reason), look.people or [None])
        response.headers.update(kept.headers)

    async def failed(self, look: Look) -> None:
        """Nobody was found, or nobody whom the caller may know of: recorded and counted like a look, and told the same."""
        if look.own:
            return
        what = look.asked.what if look.asked else look.operation
        decision = self._governed(look, [what], self._register.may_ask)
        await self._or_refuse(look, decision)
        await self._record.keep(self._seen(look, "not-found", decision.reason), [None])

    def _governed(self, look: Look, people: Iterable[str], judge: Any) -> Decision:
        claim = Claim.of(look.caller, look.purpose)
        return self._budgets.governed(claim, people, partial(judge, look.caller, look.purpose, look.wanted))

    async def _or_refuse(self, look: Look, decision: Decision) -> None:
        if decision.allowed:
            return
        problem: Problem = refusal(decision.reason)
        await self._record.keep(self._seen(look, "refused", decision.reason, decision.withheld), [None])
        raise problem

    def _seen(self, look: Look, outcome: Any, reason: str, withheld: Mapping[str, str] | None = None) -> Seen:
        kept = look.purpose is not None and all(kind in look.purpose.keeps for kind in look.wanted)
        kind: Any = (
            "own" if look.own else "service" if look.caller.kind == "service" else "register" if kept else "look"
        )
        return Seen.by(
            look.caller,
            kind,
            outcome,
            str(reason),
            look.operation,
            legal_basis=look.purpose.legal_basis if look.purpose else None,
            records=look.wanted,
            withheld={name: str(why) for name, why in (withheld or {}).items()},
            asked=look.asked.what if look.asked else None,
            near=look.asked.near if look.asked else None,
        )

    async def _asked(self, operation: str, request: Request) -> Asked | None:
        """What a look-up asks for, as keyed hashes; None for a read by path and query alone."""
        body = await request.body()
        if not body:
            return Asked(self._hash(operation, request.url.path.encode()), None) if request.path_params else None
        said = orjson.loads(body)
        number = next(_numbers(said), None)
        if number is not None:
            return asked(self._blind, *number)
        return Asked(self._hash(operation, orjson.dumps(said, option=orjson.OPT_SORT_KEYS)), None)

    def _hash(self, operation: str, what: bytes) -> str:
        return hmac.new(self._blind, b"asked\0" + operation.encode() + b"\0" + what, hashlib.sha256).hexdigest()[:32]


def _read(response: Response) -> tuple[str, Any]:
    """An answer's text, and what it says if it is JSON; a file tells nothing of people but by its path."""
    body = bytes(response.body)
    if "json" not in response.headers.get("content-type", "") or not body:
        return "", None
    return body.decode(), orjson.loads(body)


def _numbers(said: Any) -> Any:
    """(scheme, number, name) of everybody whom a body names by a number."""
    if isinstance(said, dict):
        if isinstance(said.get("number"), str):
            yield str(said.get("scheme", "")), said["number"], str(said.get("name", ""))
        for value in said.values():
            yield from _numbers(value)
    elif isinstance(said, list):
        for value in said:
            yield from _numbers(value)
