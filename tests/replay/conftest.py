"""One city's year, for all the orders in which its log is read."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from gateway.view.digest import Digest
from gateway.view.shapes import compile_shapes
from onewindow_contracts import loader
from onewindow_kit import clock
from onewindow_kit.keyring import Keyring
from onewindow_local import brokers, operators_port
from onewindow_local.demo.temporary import temporary
from onewindow_local.instance import DEPARTMENTS
from onewindow_local.sample import SEED
from onewindow_local.sample.city import City as Sample

from . import orders, population, roads, titles
from .life import Life
from .log import Log, read
from .views import Maker, Seen

PEOPLE = 1000
A_MONTH = 32
HAPPENINGS = [*population.HAPPENINGS, *titles.HAPPENINGS, *roads.HAPPENINGS]


@dataclass
class Year:
    """``life`` says what happened, ``log`` is what it left, ``live`` the view that the running projector made of it."""

    life: Life
    log: Log
    live: Digest
    maker: Maker
    straight: Seen
    """The view made by reading one partition after another."""


@dataclass
class Part:
    """Flats and who is who, out of a year: enough for what must be caught."""

    log: Log
    maker: Maker
    straight: Seen


FLATS = ("identity.link.v1", "housing.title.v1", "housing.mortgage.v1")


@pytest.fixture(scope="package")
async def flats(year: Year) -> Part:
    messages = {place: batch for place, batch in year.log.messages.items() if place[0] in FLATS}
    log = replace(year.log, messages=messages)
    order = orders.one_after_another(messages, sorted(messages))
    return Part(log, year.maker, await year.maker.make("flats", log, order))


@pytest.fixture(scope="package")
async def year(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Year]:
    new_year = date(clock.today().year, 1, 1)
    with temporary(PEOPLE, new_year) as city:
        life = Life(city, list(Sample(SEED, new_year).residents(PEOPLE)), random.Random(SEED), new_year)
        for _ in range(12):
            await life.month(HAPPENINGS, A_MONTH)
        instance, contracts = city.instance, loader.load()
        shapes = compile_shapes(contracts, "demo")
        keyring = Keyring.load(instance.keys / "gateway.json")
        maker = Maker(tmp_path_factory.mktemp("views"), keyring, contracts, shapes)
        assert await operators_port.until_seen(instance, DEPARTMENTS, time.time(), 60)
        log = await read(brokers.address(instance, brokers.ADMIN), shapes)
        live = maker.live(instance.folder / "view")
    straight = await maker.make("straight", log, orders.one_after_another(log.messages, sorted(log.messages)))
    yield Year(life, log, live, maker, straight)
