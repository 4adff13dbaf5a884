"""The steps of cases as use cases: each in the caller's transaction, each published, none committed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.cases.case import Case, Decision, Party, Term
from onewindow_kit.cases.kind import Kind
from onewindow_kit.cases.store import TABLE, Store, record_of
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Records, new_urn


class Cases:
    """A department's cases on its topic (``housing.case.v1``). ``context`` is the department's own, for its kinds."""

    def __init__(self, records: Records, topic: str, kinds: Iterable[Kind]) -> None:
        self._records, self._topic = records, topic
        self._kinds = {kind.name: kind for kind in kinds}
        self._store = Store(records.sealer)

    async def open(
        self,
        context: Any,
        session: AsyncSession,
        kind: str,
        applicant: str,
        content: dict[str, Any],
        *,
        on: date,
        decide_by: date | None = None,
        parties: Mapping[str, str] | None = None,
        respond_by: date | None = None,
        concerns: Sequence[str] = (),
        terms: Sequence[Term] = (),
        authority: str | None = None,
    ) -> Case:
        """An application. ``parties`` (pseudonym -> role) must consent until ``respond_by`` (included) before anything
        is decided, and read in ``terms`` to what; ``content`` is JSON and sealed. A kind decided ``at_once`` may come back granted.
        ``authority`` (full id) decides where the kind's own does not."""
        authority = authority or f"{self._records.instance}.{self._kinds[kind].authority}"
        asked = tuple(Party(pseudonym, role) for pseudonym, role in (parties or {}).items())
        case = Case(
            urn=new_urn(authority, "case"),
            kind=kind,
            authority=authority,
            applicant=applicant,
            content=content,
            applied_on=on,
            parties=asked,
            respond_by=respond_by if asked else None,
            decide_by=decide_by,
            concerns=tuple(concerns),
            terms=tuple(terms),
            state="awaiting-parties" if asked else "pending",
        )
        await self._store.add(session, case)
        await self._publish(session, case, "created", on)
        return await self._at_once(context, session, case, on)

    async def consent(self, context: Any, session: AsyncSession, urn: str, pseudonym: str, on: date) -> Case:
        """A party agrees; NotFound for anybody else."""
        case = (await self._held(session, urn)).answered(pseudonym, "consented", on)
        await self._keep(session, case, on)
        return await self._at_once(context, session, case, on)

    async def decline(
        self, context: Any, session: AsyncSession, urn: str, pseudonym: str, on: date, reason: str
    ) -> Case:
        """A party does not agree: the case is refused, with the party's reason."""
        case = (await self._held(session, urn)).answered(pseudonym, "declined", on)
        case = replace(case.decided(self._decision(case, "refused", reason, on)), version=case.version)
        return await self._over(context, session, case, on)

    async def withdraw(self, context: Any, session: AsyncSession, urn: str, pseudonym: str, on: date) -> Case:
        """The applicant gives up; NotFound for anybody else."""
        return await self._over(context, session, (await self._held(session, urn)).withdrawn(pseudonym), on)

    async def decide(
        self,
        context: Any,
        session: AsyncSession,
        urn: str,
        version: int,
        *,
        granted: bool,
        reason: str,
        on: date,
        authority: str | None = None,
        answer: Mapping[str, Any] | None = None,
        evidence: Sequence[str] = (),
    ) -> Case:
        """The office decides; granting does what was asked for, in the same transaction.

        ``authority`` (the caller's): NotFound when another office decides this kind. ``answer`` goes to the kind,
        ``evidence`` into the decision.
        """
        case = await self.to_decide(session, urn, version, authority)
        if granted:
            return await self._grant(context, session, case, reason, on, answer or {})
        decision = replace(self._decision(case, "refused", reason, on), evidence=tuple(evidence))
        return await self._over(context, session, case.decided(decision), on)

    async def to_decide(self, session: AsyncSession, urn: str, version: int, authority: str | None = None) -> Case:
        """The case, held, for the office that decides it: NotFound, VersionConflict."""
        case = await self._held(session, urn)
        if authority is not None and case.authority != authority:
            raise NotFound
        if case.version != version:
            raise VersionConflict
        return case

    def may_reopen(self, case: Case) -> bool:
        """Whether refusing it did nothing that would have to be taken back, or its kind knows how."""
        kind = self._kinds[case.kind]
        return case.state == "refused" and (kind.ended is None or kind.reopened is not None)

    async def reopen(self, context: Any, session: AsyncSession, urn: str, on: date) -> Case:
        """A wrongly refused case is open again, for its office to decide anew."""
        case = (await self._held(session, urn)).reopened()
        if (reopened := self._kinds[case.kind].reopened) is not None:
            await reopened(context, session, case)
        await self._keep(session, case, on, "corrected")
        return case

    async def lapse(self, context: Any, session: AsyncSession, on: date, limit: int = 200) -> int:
        """Ends cases whose parties did not answer in time; how many."""
        late = await self._store.lapsing(session, on, limit)
        for case in late:
            await self._over(context, session, case.lapsed(), on)
        return len(late)

    async def find(self, session: AsyncSession, urn: str, reader: str | None = None) -> Case:
        """A case; with ``reader`` (a pseudonym) only one that is about that person. NotFound otherwise."""
        case = await self._store.read(session, urn)
        if case is None or (reader is not None and reader not in case.people - case.hidden):
            raise NotFound
        return case

    async def listing(
        self,
        session: AsyncSession,
        *,
        authority: str | None = None,
        state: str | None = None,
        kind: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> list[Case]:
        """Cases in order of URN after ``after``; ask for one more than a page to see whether there is another."""
        where = TABLE.urn.is_not(None)
        for column, value in ((TABLE.authority, authority), (TABLE.state, state), (TABLE.kind, kind)):
            where = where if value is None else where & (column == value)
        return await self._store.listed(session, where, after or "", limit)

    async def of_person(self, session: AsyncSession, pseudonym: str, limit: int = 10_000) -> list[Case]:
        """Every case that is about a person, in order of URN."""
        return await self._store.listed(session, TABLE.people.contains([pseudonym]), "", limit)

    async def rename(
        self,
        session: AsyncSession,
        urn: str,
        old: str,
        new: str | None,
        change: Literal["merged", "corrected"],
        on: date,
    ) -> Case:
        """One person of a case goes by another pseudonym from now on; None: by none until it is known who it is."""
        case = (await self._held(session, urn)).renamed(old, new)
        await self._keep(session, case, on, change)
        return case

    def record(self, case: Case, change: str = "varied") -> Any:
        """The case's record, as answers of the department's API carry it."""
        return record_of(case, self._topic, change, self._kinds[case.kind].legal_basis, case.applied_on)

    async def _held(self, session: AsyncSession, urn: str) -> Case:
        case = await self._store.held(session, urn)
        if case is None:
            raise NotFound
        return case

    async def _at_once(self, context: Any, session: AsyncSession, case: Case, on: date) -> Case:
        reason = self._kinds[case.kind].at_once
        if reason is None or case.awaiting:
            return case
        return await self._grant(context, session, case, reason, on, {})

    async def _grant(
        self, context: Any, session: AsyncSession, case: Case, reason: str, on: date, answer: Mapping[str, Any]
    ) -> Case:
        case.require_grantable()
        results = await self._kinds[case.kind].grant(context, session, case, answer)
        case = case.decided(self._decision(case, "granted", reason, on), tuple(results))
        await self._keep(session, case, on, "ended")
        return case

    async def _over(self, context: Any, session: AsyncSession, case: Case, on: date) -> Case:
        """A case that ended otherwise than granted."""
        if (ended := self._kinds[case.kind].ended) is not None:
            await ended(context, session, case)
        await self._keep(session, case, on, "ended")
        return case

    async def _keep(self, session: AsyncSession, case: Case, on: date, change: str = "varied") -> None:
        await self._store.keep(session, case)
        await self._publish(session, case, change, on)

    async def _publish(self, session: AsyncSession, case: Case, change: str, on: date) -> None:
        basis = self._kinds[case.kind].legal_basis
        await self._records.publish(session, record_of(case, self._topic, change, basis, on))

    def _decision(self, case: Case, outcome: Literal["granted", "refused"], reason: str, on: date) -> Decision:
        kind = self._kinds[case.kind]
        return Decision(outcome, on, case.authority, kind.legal_basis, reason, kind.remedy)
