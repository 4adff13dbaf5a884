"""A year in the life of a thousand people, read in any order across partitions, gives the same windows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from gateway.projector import filing, linking
from gateway.view import section
from gateway.view.layout import RecordHeader
from gateway.view.links import Holder

from . import orders
from .conftest import HAPPENINGS, PEOPLE, Part, Year
from .orders import Batch, Messages

Order = Callable[[Messages], Iterator[Batch]]


def riffled(log: Messages) -> Iterator[Batch]:
    return orders.riffled(log, random.Random(1))


def with_repeats(log: Messages) -> Iterator[Batch]:
    return orders.repeated(log, random.Random(3))


ORDERS: dict[str, Order] = {
    "riffled": riffled,
    "riffled finely": lambda log: orders.riffled(log, random.Random(2), most=20),
    "with repeats": with_repeats,
    "links first": lambda log: orders.links_first(log, random.Random(4)),
    "links last": lambda log: orders.links_last(log, random.Random(5)),
}


def test_the_year_was_a_full_one(year: Year) -> None:
    assert year.life.done.keys() == {happening.__name__ for happening in HAPPENINGS}, year.life.refused
    assert sum(year.life.done.values()) > 300
    assert year.life.refused, "offices also ask for what may not be"
    assert len(year.log) > 8 * PEOPLE
    assert len(year.straight.windows) >= PEOPLE


def test_the_view_that_grew_with_the_year_is_the_one_made_of_its_log(year: Year) -> None:
    assert year.live == year.straight.digest


@pytest.mark.parametrize("order", ORDERS)
async def test_any_order_across_partitions_gives_the_same_windows(year: Year, order: str) -> None:
    seen = await year.maker.make(order, year.log, ORDERS[order](year.log.messages))
    assert seen.digest == year.straight.digest
    differing = {who for who, window in seen.windows.items() if window != year.straight.windows.get(who)}
    assert not differing and seen.windows.keys() == year.straight.windows.keys()
    assert seen.names == year.straight.names


async def test_a_projector_that_is_far_behind_makes_the_same_windows(year: Year) -> None:
    seen = await year.maker.make("far behind", year.log, with_repeats(year.log.messages), bulk=True)
    assert seen == year.straight


async def test_a_projector_that_lets_the_last_link_record_win_would_be_caught(
    flats: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "_holder", lambda *_: Holder((-1, ""), "", ""))
    seen = await flats.maker.make("last link", flats.log, riffled(flats.log.messages))
    assert seen.names != flats.straight.names
    assert seen.windows != flats.straight.windows


async def test_a_projector_that_applies_lower_versions_would_be_caught(
    flats: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgetful(RecordHeader):
        """Never knows which version it has."""

        @classmethod
        def unpack(cls, value: bytes) -> tuple[RecordHeader, int]:
            header, start = RecordHeader.unpack(value)
            header.version = 0
            return header, start

    monkeypatch.setattr(filing, "RecordHeader", Forgetful)
    seen = await flats.maker.make("forgetful", flats.log, with_repeats(flats.log.messages))
    assert seen.digest != flats.straight.digest
    assert seen.windows != flats.straight.windows


async def test_a_section_that_shows_records_as_they_arrive_would_be_caught(
    flats: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(section, "insort", lambda shown, entry: shown.append(entry))
    seen = await flats.maker.make("as it arrives", flats.log, riffled(flats.log.messages))
    assert seen.windows != flats.straight.windows
