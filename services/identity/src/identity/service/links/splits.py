"""A split: the person who leaves takes what is theirs; both go by fresh pseudonyms, and the old ones name nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from onewindow_contracts.models import identity_links as api
from onewindow_kit.pseudonyms import Pseudonym as Name

from identity.domain import law
from identity.domain.link_refusals import LeaverRequired, MergeUnknown, NotTheirs, SplitOfNothing
from identity.domain.merging import standing_of
from identity.domain.standing import Standing
from identity.events.links import LinkWord, Told
from identity.service import people
from identity.service.desk import SECTOR, Desk, standing
from identity.service.links import restoring, trace
from identity.service.links.places import touch_register
from identity.service.links.terms import hold
from identity.store import belongings, links, persons
from identity.store import registers as stored
from identity.tables import LinkDecision, Move, Papers, Person, Pseudonym


async def check(desk: Desk, stayer: Person, terms: api.SplitProposal) -> LinkDecision | None:
    """What can be said before anything happens; the merge that is undone, None where none is."""
    if (terms.undoes is None) == (terms.leaver is None):
        raise LeaverRequired
    if terms.leaver is not None:
        people.check(desk, _entries(terms.leaver))
        if not terms.leaves:
            raise SplitOfNothing
    cases = {case.urn for case in await desk.cases.of_person(desk.session, await _name(desk, stayer.id))}
    await _named(desk, stayer, [urn for urn in terms.leaves if urn not in cases])
    if terms.undoes is None:
        return None
    undone = await links.decision(desk.session, terms.undoes, lock=True)
    if (
        undone is None
        or (undone.kind, undone.state, undone.undone_by) != ("merge", "confirmed", None)
        or undone.survivor_id != stayer.id
    ):
        raise MergeUnknown
    return undone


async def split(desk: Desk, decision: LinkDecision, terms: api.SplitProposal) -> None:
    """One of the two persons leaves; the decision remembers who."""
    named = None if terms.undoes is None else await links.decision(desk.session, terms.undoes)
    if named is not None and named.other_id is not None:
        await persons.lock(desk.session, [decision.survivor_id, named.other_id])
    [stayer] = await hold(desk, {decision.survivor_id})
    undone = await check(desk, stayer, terms)
    on = desk.today
    leaver = await _leaver(desk, undone, terms, on)
    returned = ([], [], []) if undone is None else trace.read(undone.moved or "")
    moved, names, cases = returned

    await _take(desk, stayer, leaver, terms.leaves)
    await restoring.give_back(desk, stayer, leaver, moved, on)
    for person in (stayer, leaver):
        await _stand(desk, person, on)
    rows = await belongings.of(desk.session, [stayer.id, leaver.id])
    for row in rows:
        if hasattr(row, "urn") and hasattr(row, "version"):
            desk.changes.touch(row, "corrected", on, law.LINK)
    for person in (stayer, leaver):
        desk.changes.touch(person, "corrected", on, law.LINK)
        await touch_register(desk, person, on)
    stayer.link_order = leaver.link_order = decision.link_order = await links.next_order(desk.session)
    old = await _rename(desk, stayer, leaver, names, on)
    await _cases(desk, old, stayer, leaver, {*cases, *terms.leaves}, on)
    decision.other_id = leaver.id
    if undone is not None:
        undone.undone_by = decision.id
        desk.session.add(undone)


def _entries(leaver: api.Leaver) -> people.Entries:
    return people.Entries(leaver.name, leaver.sex, leaver.birth_date, leaver.ethnic_group, leaver.birth_division)


async def _leaver(desk: Desk, undone: LinkDecision | None, terms: api.SplitProposal, on: date) -> Person:
    """The person of the merge that is undone, or one who was never entered alone."""
    if undone is not None:
        assert undone.other_id is not None, "a merge is of two"
        person = await desk.session.get_one(Person, undone.other_id, with_for_update=True, populate_existing=True)
        person.merged_into = None
        desk.session.add(person)
        return person
    assert terms.leaver is not None, "checked"
    entries = _entries(terms.leaver)
    person = Person(
        id=uuid4(),
        urn=desk.office.urn("person"),
        link_urn=desk.office.urn("link"),
        name=entries.name.strip(),
        sex=entries.sex,
        birth_date=entries.birth_date,
        ethnic_group=entries.ethnic_group,
        birth_division=entries.birth_division,
        standing=Standing.UNREGISTERED,
        standing_since=on,
        origin="split",
    )
    desk.changes.created(person, on, law.LINK)
    await desk.session.flush()
    return person


async def _named(desk: Desk, stayer: Person, urns: list[str]) -> list[belongings.Row]:
    """The stayer's records with these URNs; NotTheirs. A person merged in leaves by undoing that merge only."""
    if not urns:
        return []
    rows = await belongings.of(desk.session, [stayer.id])
    mine = {row.urn: row for row in rows if hasattr(row, "urn") and not isinstance(row, Person)}
    if any(urn not in mine for urn in urns):
        raise NotTheirs
    return [mine[urn] for urn in urns]


async def _take(desk: Desk, stayer: Person, leaver: Person, urns: list[str]) -> None:
    """The records that the decision names go along, with the papers about them; a move goes with its registration."""
    wanted = set(urns)
    if not wanted:
        return
    rows = await belongings.of(desk.session, [stayer.id])
    for row in rows:
        if isinstance(row, Move) and row.registration in wanted:
            wanted.add(row.urn)
        elif isinstance(row, Move) and row.urn in wanted:
            wanted.add(row.registration)
    for row in rows:
        about = row.about if isinstance(row, Papers) else getattr(row, "urn", None)
        if about in wanted and not isinstance(row, Person):
            for column in belongings.owners(row):
                if getattr(row, column) == stayer.id:
                    setattr(row, column, leaver.id)
            desk.session.add(row)
    await desk.session.flush()


async def _stand(desk: Desk, person: Person, on: date) -> None:
    """The standing follows the registration; a move whose certificate is out holds the person in transit."""
    registration = await stored.open_registration(desk.session, person.id)
    move = await stored.open_move(desk.session, person.id)
    after = standing_of(standing(person), registered=registration is not None)
    if registration is None and move is not None and after is not Standing.DEAD:
        after = Standing.IN_TRANSIT
    if after is not standing(person):
        person.standing, person.standing_since = after, on


async def _rename(desk: Desk, stayer: Person, leaver: Person, names: list[str], on: date) -> str:
    """Fresh names for both in every sector that knew the old one; the old identity name.

    Whatever named the stayer is forgotten, aliases of other merges too: records of the leaver may lie under them.
    ``names`` are those that the undone merge brought; they never meant anybody else, and return to the leaver.
    """
    held = await links.names(desk.session, stayer.id)
    old = {name.sector: name for name in held if name.current}
    returning = [name for name in held if not name.current and name.pseudonym in names]
    retired = [name for name in held if name not in returning]
    await links.forget(desk.session, [name.pseudonym for name in retired])
    for name in retired:
        desk.session.expunge(name)
    for name in returning:
        name.person_id = leaver.id
        desk.session.add(name)
    fresh: dict[tuple[str, UUID], str] = {}
    for sector, name in old.items():
        for person in (stayer, leaver):
            made = str(Name.new(sector, name.generation + 1))
            fresh[sector, person.id] = made
            desk.session.add(
                Pseudonym(
                    pseudonym=made, person_id=person.id, sector=sector, generation=name.generation + 1, current=True
                )
            )
    await desk.session.flush()
    for sector in desk.office.notices:
        if sector in old:
            body = {
                "kind": "split",
                "occurred_on": on.isoformat(),
                "stays": fresh[sector, stayer.id],
                "leaves": fresh[sector, leaver.id],
                "returning": [n for n in names if n.startswith(f"{sector}.") and n != old[sector].pseudonym],
            }
            desk.changes.tell(Told(sector, old[sector].pseudonym, on, body))
    gone = [name.pseudonym for name in retired]
    for person in (stayer, leaver):
        desk.changes.link(person, LinkWord(person, "corrected", retired=gone))
    return old[SECTOR].pseudonym


async def _cases(desk: Desk, old: str, stayer: Person, leaver: Person, leaving: set[str], on: date) -> None:
    """Every case goes on under the fresh name of whose it is."""
    names = {person.id: await _name(desk, person.id) for person in (stayer, leaver)}
    for case in await desk.cases.of_person(desk.session, old):
        new = names[leaver.id if case.urn in leaving else stayer.id]
        await desk.cases.rename(desk.session, case.urn, old, new, "corrected", on)


async def _name(desk: Desk, person: UUID) -> str:
    return next(n.pseudonym for n in await links.names(desk.session, person) if n.sector == SECTOR and n.current)
