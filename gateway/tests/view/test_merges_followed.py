"""Merges and splits in any order of events: no window ever shows a stranger's record, and in the end none is lost.

The same property is tried with each of its safeguards taken out: it must notice.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import lmdb
import orjson
import pytest
from gateway.projector import linking
from gateway.projector.batch import Batch, batch
from gateway.projector.door import Arrival
from gateway.projector.filing import Filing
from gateway.view import links
from gateway.view import store as stores
from gateway.view.frame import Frame
from gateway.view.layout import DATABASES, ordinal
from gateway.view.people import People
from gateway.view.seal import ViewSealer
from gateway.view.shapes import LINK, compile_shapes
from gateway.view.windows import Windows
from hypothesis import example, given
from hypothesis import strategies as st
from onewindow_contracts import loader
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.problems import Unauthenticated
from onewindow_kit.testing import thorough

from .who_is_who import KINDS, Event, Script, Town, allowed, interleaved

TITLES = "housing.title.v1"
NUMBERS = st.integers(0, 59)
SCRIPTS = st.lists(st.tuples(st.sampled_from(KINDS), NUMBERS, NUMBERS), min_size=4, max_size=14)
BIRTHS: Script = [("born", 0, 0), ("double", 0, 0), ("born", 0, 0), ("file", 0, 0), ("file", 1, 1), ("file", 2, 0)]
pytestmark = pytest.mark.rule("domain-7")


class Projected:
    """A real view store, fed one event at a time and read as the hot path reads it."""

    def __init__(self, folder: Path) -> None:
        contracts = loader.load()
        rings = provision(
            folder / "keys", contracts.topics.values(), contracts.authorities.values(), ["gateway", "identity"]
        )
        self.shapes = compile_shapes(contracts, "demo")
        self.sealer = ViewSealer(Keyring.load(rings["gateway"]))
        made = stores.create(folder / "view")
        made.close()
        # What a power cut would cost is not the question here, and waiting for the disk takes longest.
        env = lmdb.open(str(made.path), map_size=1 << 34, max_dbs=len(DATABASES) + 1, sync=False, metasync=False)
        self.store = stores.Store(env, made.path)
        topics = sorted(self.shapes.topics)
        self.filing = Filing(self.shapes.topics, {topic: number for number, topic in enumerate(topics)})
        self.frame = Frame(self.shapes)
        self.windows = Windows(self.sealer, People(self.sealer))

    def take(self, events: list[Event]) -> None:
        with batch(self.store, self.sealer) as current:
            for event in events:
                self.filing.apply(current, self._arrival(event))

    def shows(self, name: str) -> set[str] | None:
        """URNs in the window of a gateway pseudonym; None when its token has ended."""
        try:
            window = self.windows.find(self.store, self.frame, name, None)
        except Unauthenticated:
            return None
        sections = [orjson.loads(b"{" + tail) for tail in self.windows.tails(window)]
        return {record["urn"] for section in sections for kind in section["records"].values() for record in kind}

    def _arrival(self, event: Event) -> Arrival:
        shape = self.shapes.topics[LINK if event.link else TITLES]
        envelope = {
            "urn": event.urn,
            "version": event.version,
            "change": event.change,
            "authority": "demo.population-office",
            "effective_on": "2026-01-01",
            "recorded_at": "2026-01-01T00:00:00.000Z",
            "legal_basis": "x",
            "contract": shape.topic,
            "subjects": [_subject(name) for name, _ in event.names[: 1 if event.link else None]],
            "body": _link(event) if event.link else {},
        }
        day = ordinal("2026-01-01")
        return Arrival(shape, event.urn, event.version, event.change, envelope, orjson.dumps(envelope), day)


def _subject(name: str) -> dict[str, object]:
    return {"pseudonym": name, "role": "owner", "from": "2026-01-01", "until": None, "part": None}


def _link(event: Event) -> dict[str, object]:
    listed = [{"sector": name.split(".")[0], "pseudonym": name, "current": current} for name, current in event.names]
    body: dict[str, object] = {"pseudonyms": listed}
    return body | ({"order": event.order, "retired": list(event.retired)} if event.order else {})


@pytest.fixture(scope="module")
def projected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projected]:
    made = Projected(tmp_path_factory.mktemp("followed"))
    yield made
    made.store.close()


def faults(projected: Projected, script: Script, choose: Iterator[int]) -> list[str]:
    """Everything wrong that was seen while the events of a script came in, and after the last."""
    town = Town()
    town.play(BIRTHS + script)
    found, delivered = [], set()
    waiting: list[Event] = []
    for event in interleaved(town.events, choose):
        waiting.append(event)
        if not event.link:
            continue  # looked at before the next link event, and after it
        projected.take(waiting[:-1])
        found += strangers(projected, town, delivered)
        projected.take([event])
        delivered |= {event.order} - {0}
        found += strangers(projected, town, delivered)
        waiting = []
    projected.take(waiting)
    found += strangers(projected, town, delivered)
    end = town.timeline[-1]
    for name in town.ever():
        seen = projected.shows(name)
        mine = {urn for urn, atom in town.owner.items() if atom in end.window.get(name, ())}
        if name in end.retired:
            if seen is not None:
                found.append(f"{name} has not ended")
        elif seen != mine:
            found.append(f"{name} shows {len(seen or ())} of {len(mine)}")
    return found


def strangers(projected: Projected, town: Town, delivered: set[int]) -> list[str]:
    """Windows that show what is not theirs, given the decisions that have arrived."""
    found = []
    for name in sorted(town.ever()):
        seen, may = projected.shows(name), allowed(town.timeline, name, delivered)
        if seen and (may is None or any(town.owner[urn] not in may for urn in seen)):
            found.append(f"a stranger's record under {name}")
    return found


def choices(seed: int) -> Iterator[int]:
    source = random.Random(seed)
    while True:
        yield source.randrange(1 << 30)


LATE = "41.3born 28.11merge 14.37merge 13.56undo 37.9draft 57.43part 6.49merge 36.9undo 5.7part 15.5merge 50.18draft"
"""What an earlier decision said comes after a later one has given the pseudonym back."""


LATE_SEED = 787276794


def written(text: str) -> Script:
    numbers = [re.fullmatch(r"(\d+)\.(\d+)([a-z]+)", each) for each in text.split()]
    return [(found[3], int(found[1]), int(found[2])) for found in numbers if found]


@thorough(250)
@example(script=[*written(LATE), ("part", 24, 46)], seed=LATE_SEED)
@given(script=SCRIPTS, seed=st.integers(0, 1 << 30))
def test_no_window_shows_a_strangers_record_and_none_is_lost(projected: Projected, script: Script, seed: int) -> None:
    assert faults(projected, script, choices(seed)) == []


def _never_retired(_batch: object, _pseudonym: str, _now: links.Said) -> None:
    """What meant two persons goes on naming one of them."""


def _everything_listed(current: object, link: str, says: links.Said) -> None:
    """A list is believed, whoever holds what it lists."""
    for pseudonym in says.listed:
        if links.sector_of(pseudonym) == "gateway":
            plain = links.write_linked(links.Linked(link, says.person, says.listed))
            linking._write(current, "links", pseudonym, plain)  # type: ignore[arg-type]  # a planted defect


def _free_at_once(current: Batch, pseudonym: str, _now: links.Said) -> None:
    """What was given back is anybody's, also by what an earlier decision said."""
    for database in ("pseudonyms", "links"):
        current.delete(database, current.sealer.subject(pseudonym))


def _last_comer_holds(said: Callable[..., links.Said]) -> Callable[..., links.Said]:
    """Decisions have no order: what arrives last is believed."""
    arrivals = iter(range(1, 1 << 40))
    return lambda envelope: said(envelope)._replace(stamp=(next(arrivals), ""))


@pytest.mark.parametrize("planted", ["never retired", "everything listed", "last comer holds", "free at once"])
def test_a_planted_defect_is_noticed(projected: Projected, monkeypatch: pytest.MonkeyPatch, planted: str) -> None:
    match planted:
        case "never retired":
            monkeypatch.setattr(linking, "_retire", _never_retired)
        case "everything listed":
            monkeypatch.setattr(linking, "_list", _everything_listed)
        case "last comer holds":
            monkeypatch.setattr(linking, "said", _last_comer_holds(links.said))
        case "free at once":
            monkeypatch.setattr(linking, "_release", _free_at_once)
            assert faults(projected, [*written(LATE), ("part", 24, 46)], choices(LATE_SEED))
            return
    source = random.Random(planted)
    for seed in range(300):
        script = [(source.choice(KINDS), source.randrange(60), source.randrange(60)) for _ in range(10)]
        if faults(projected, script, choices(seed)):
            return
    pytest.fail("the property does not notice it")
