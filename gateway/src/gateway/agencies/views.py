"""One person's fields for one purpose: decided, counted, cut and masked, kept in the record, and only then answered."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import orjson
from onewindow_kit.access import AccessLog, Seen
from onewindow_kit.access.entry import Outcome, tail
from onewindow_kit.access.log import HEADER
from onewindow_kit.budgets import Asked, Budgets, Claim, asked, what
from onewindow_kit.decide import Decision, Principal, Purpose, Reason, Visible, may_ask
from onewindow_kit.problems import Problem
from onewindow_kit.refusals import refusal

from gateway.access.looks import named
from gateway.access.problems import PersonNotFound
from gateway.access.released import NO_ROLES, Released
from gateway.agencies.decisions import Decisions, Key
from gateway.agencies.persons import Persons
from gateway.catalogue import Catalogue
from gateway.view import View
from gateway.view.extract import Extract

OPERATION = named("readForPurpose")
UNNUMBERED = (Reason.NO_CASE, Reason.CASE_MALFORMED, Reason.CASE_UNEXPECTED)
"""Refusals for the case: what stands there instead of one is not repeated in the record."""


class Request(NamedTuple):
    """What an agency asks: ``subject`` holds ``pseudonym``, or ``scheme``, ``number`` and ``name``; ``awaited`` are versions
    that the view must have; ``correlation`` is the request's id."""

    purpose: str
    subject: Mapping[str, str]
    fields: tuple[str, ...]
    awaited: Sequence[tuple[str, int]]
    correlation: bytes


class Answer(NamedTuple):
    """``body`` may leave once ``kept`` ends without an error; ``entry`` is the id under which it stands in the record."""

    body: bytes
    entry: bytes
    kept: Future[None]


class _Look(NamedTuple):
    """One request with what the contracts of the moment say of it."""

    caller: Principal
    request: Request
    purpose: Purpose | None
    wanted: Mapping[str, frozenset[str]]
    claim: Claim
    asked: Asked
    on: date
    released: Released


class PurposeViews:
    """Reads for agencies from the same store as the citizens' window, so never more than the citizen sees.

    ``budgets`` None: nothing is counted, in tests of one part. ``blind`` is the key of hashes of what was asked.
    """

    def __init__(
        self,
        view: View,
        catalogue: Catalogue,
        persons: Persons,
        entries: AccessLog,
        budgets: Budgets,
        *,
        today: Callable[[], date],
        blind: bytes,
    ) -> None:
        self._view, self._catalogue, self._persons = view, catalogue, persons
        self._decisions = Decisions()
        self.entries, self._budgets, self._today, self._blind = entries, budgets, today, blind

    async def answer(self, caller: Principal, request: Request) -> Answer:
        """The answer of ``POST /v1/views``; a Problem for a refused look, whose entry is kept by then."""
        edition = self._catalogue.now
        purpose = edition.purposes.get(request.purpose)
        wanted = edition.released.wanted(request.fields)
        look = _Look(
            caller,
            request,
            purpose,
            wanted,
            Claim.of(caller, purpose),
            self._asked(request.subject),
            self._today(),
            edition.released,
        )
        if request.awaited or "pseudonym" not in request.subject:
            # Decided before anybody is asked who is meant, or waited for, so that a refusal says nothing of any person.
            before = may_ask(caller, purpose, wanted, self._budgets.standing(look.claim), look.on)
            if not before.allowed:
                raise await self._refused(look, before)
            await self._view.wait(request.awaited)
        subject = await self._subject(look)
        if subject is None:
            raise await self._missed(look)
        found = self._view.extract(subject, frozenset(wanted))
        self._decisions.under(edition)
        roles = tuple(_roles(record_type, found) for record_type in wanted)
        key = Key(caller.token_id, request.purpose, request.fields, roles, look.on)

        def visible() -> Mapping[str, Visible]:
            known = zip(wanted, roles, strict=True)
            return {name: look.released.visible(name, held) for name, held in known if name in edition.topic_of}

        decision = self._budgets.governed(
            look.claim,
            (subject,),
            lambda usage: self._decisions.decide(key, caller, purpose, wanted, visible, usage),
        )
        if not decision.allowed:
            raise await self._refused(look, decision)
        rest = self._decisions.rest(
            key, decision, lambda: self._seen(look, "answered", decision).rest(self.entries.instance)
        )
        ready = tail(rest, subject, look.asked.what, look.asked.near)
        entry, kept = self.entries.put(ready, request.correlation)
        return Answer(_body(look, decision, found), entry, kept)

    async def not_an_agency(self, caller: Principal, correlation: bytes) -> Problem:
        """The refusal of somebody who may not look for any purpose, once its entry is kept."""
        seen = Seen.by(caller, "look", "refused", Reason.NOT_AN_AGENCY, OPERATION, purpose=None, case=None)
        return await self._kept(seen, correlation, refusal(Reason.NOT_AN_AGENCY))

    async def _subject(self, look: _Look) -> str | None:
        """The gateway-sector pseudonym of the person named; None for everybody out of reach, all alike."""
        named_by = look.request.subject
        if (pseudonym := named_by.get("pseudonym")) is not None:
            # Another sector's pseudonym is of no use here, even when it is a right one.
            own = pseudonym.partition(".")[0] == look.caller.sector
            return self._view.subject(pseudonym) if own else None
        try:
            resolved = await self._persons.resolve(named_by["scheme"], named_by["number"], named_by["name"])
        except PersonNotFound:
            return None
        return self._view.subject(resolved)

    async def _missed(self, look: _Look) -> Problem:
        """A failed look-up counts against budgets as a look does, and is answered as any other."""
        decision = self._budgets.governed(
            look.claim,
            (look.asked.what,),
            lambda usage: may_ask(look.caller, look.purpose, look.wanted, usage, look.on),
        )
        if not decision.allowed:
            return await self._refused(look, decision)
        return await self._kept(self._seen(look, "not-found", decision), look.request.correlation, PersonNotFound())

    async def _refused(self, look: _Look, decision: Decision) -> Problem:
        seen = self._seen(look, "refused", decision)
        return await self._kept(seen, look.request.correlation, refusal(decision.reason))

    async def _kept(self, seen: Seen, correlation: bytes, problem: Problem) -> Problem:
        entry, kept = self.entries.put(seen.tail(self.entries.instance, None), correlation)
        await kept
        problem.headers[HEADER] = entry.decode()
        return problem

    def _asked(self, subject: Mapping[str, str]) -> Asked:
        if (pseudonym := subject.get("pseudonym")) is not None:
            return Asked(what(self._blind, "pseudonym", pseudonym), None)
        return asked(self._blind, subject["scheme"], subject["number"], subject["name"])

    @staticmethod
    def _seen(look: _Look, outcome: Outcome, decision: Decision) -> Seen:
        purpose, caller = look.purpose, look.caller
        withheld: Mapping[str, str] = decision.withheld
        if outcome == "refused":
            withheld = dict.fromkeys(look.released.known(look.wanted), decision.reason.value)
        return Seen.by(
            caller,
            "look",
            outcome,
            decision.reason,
            OPERATION,
            purpose=purpose.id if purpose else caller.purpose,
            legal_basis=purpose.legal_basis if purpose else None,
            case=None if decision.reason in UNNUMBERED else caller.case,
            records=decision.fields,
            withheld=withheld,
            asked=look.asked.what,
            near=look.asked.near,
        )


def _roles(record_type: str, found: Sequence[Extract]) -> frozenset[str]:
    for each in found:
        if records := each.records.get(record_type):
            return frozenset([own["role"] for record in records for own in record["you"]])
    return NO_ROLES


def _body(look: _Look, decision: Decision, found: Sequence[Extract]) -> bytes:
    sections = []
    for each in found:
        records: list[dict[str, Any]] = [
            look.released.record(record_type, decision, envelope)
            for record_type, envelopes in each.records.items()
            if record_type in decision.fields
            for envelope in envelopes
        ]
        sections.append(b'%b"held":%b,"records":%b}' % (each.head, orjson.dumps(each.held), orjson.dumps(records)))
    withheld = [{"field": name, "reason": reason} for name, reason in decision.withheld.items()]
    purpose, withheld_bytes = orjson.dumps(look.request.purpose), orjson.dumps(withheld)
    return b'{"purpose":%b,"sections":[%b],"withheld":%b}' % (purpose, b",".join(sections), withheld_bytes)
