"""The sample population of an instance: made up by a seed, taken in by the departments' own imports and commands."""

import asyncio
import json
import os
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from onewindow_local import organisations
from onewindow_local.environment import Addresses
from onewindow_local.events import Report
from onewindow_local.instance import Instance
from onewindow_local.nursery import Nursery
from onewindow_local.organisations import Organisation
from onewindow_local.sample import applications, commands, employers, files, oversight
from onewindow_local.sample.city import City, Resident
from onewindow_local.sample.files import SCHEME, Written
from onewindow_local.sample.imports import Import
from onewindow_local.sample.people import Person
from onewindow_local.sample.together import together

SEED = 1
OTHERS = 40
"""Households without a name whose people can be chosen on the login page too."""
OTHERS_WITH_PERMIT = 3
TRANSIT_TO = "330108"
# Files of each import in their order, and the type that the department's import is told.
PERSONS: dict[str, str | None] = {"persons": "person", "organisations": "organisation"}
HOMES: dict[str, str | None] = {"titles": "title"}
FUND: dict[str, str | None] = {"contributions": "contribution"}
TRAFFIC: dict[str, str | None] = {"licences": "driving-licence", "vehicles": "vehicle", "violations": "violation"}


async def load(instance: Instance, addresses: Addresses, *, people: int, report: Report, nursery: Nursery) -> None:
    """Fill a running instance with `people` sample people.

    Interrupted, it goes on: the same files are written again and the imports know how far they were.
    """
    folder = instance.people_file.parent
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    _mark(instance).touch()

    def importing(department: str, name: str, files: dict[str, str | None]) -> Import:
        paths = [(record_type, folder / f"{file}.csv") for file, record_type in files.items()]
        return Import(instance, addresses, department, paths, report, nursery, name=name)

    async with (
        importing("identity", "identity", PERSONS) as persons,
        importing("housing", "housing", HOMES) as homes,
        importing("housing", "provident-fund", FUND) as fund,
        importing("transport", "transport", TRAFFIC) as traffic,
    ):
        # In a thread, so that a million people don't stop the supervisor from answering.
        written = await asyncio.to_thread(_write, instance, people, report)

        def rows(files: Iterable[str]) -> int:
            return sum(written.rows[file] for file in files)

        async def contributions() -> None:
            async with commands.offices(instance) as at:
                await together(employers.enrol(at, firm) for firm in written.firms)
            await fund.run(rows(FUND))

        await persons.run(rows(PERSONS))
        await together([homes.run(rows(HOMES)), traffic.run(rows(TRAFFIC)), contributions()])
    # Before the last commands: some are the citizens' own, who log in by this list.
    _number_others(written)
    _publish(instance, written)
    await _decide(instance, written)
    _mark(instance).unlink()


def is_loaded(instance: Instance) -> bool:
    """Whether a sample is there and whole."""
    return instance.people_file.exists() and not _mark(instance).exists()


def _mark(instance: Instance) -> Path:
    """Stands while a sample is being loaded, however that ends."""
    return instance.people_file.parent / "loading"


def _write(instance: Instance, people: int, report: Report) -> Written:
    began, spoke = time.monotonic(), 0.0

    def progress(count: int) -> None:
        nonlocal spoke
        if (moment := time.monotonic()) - spoke > 1:
            spoke = moment
            rate = round(count / max(moment - began, 0.001))
            report({"progress": "sample people", "done": min(count, people), "total": people, "rate": rate})

    return files.write(instance.people_file.parent, City(SEED), people, others=OTHERS, progress=progress)


def _people(residents: Iterable[Resident]) -> list[Person]:
    return [person for resident in residents for person in resident.household.persons()]


def _number_others(written: Written) -> None:
    """Short names for those without one; they say nothing about anybody, unlike a number's end."""
    for count, person in enumerate(_people(written.others), start=1):
        person.ref = f"person-{count:03d}"


async def _decide(instance: Instance, written: Written) -> None:
    """States that only decisions make, for the named people and a few others."""
    named = _people(written.named)
    frozen = [(home.owners[0][0], home.frozen_since) for each in written.named for home in each.homes]
    parking, others = (
        [(car, car.permit_zone) for each in residents for car in each.cars if car.permit_zone and car.owner.ref]
        for residents in (written.named, written.others)
    )
    who = {person.ref: person for person in named}
    left = next(home for each in written.named for home in each.homes if home.owners[0][0] is who["dead"])
    async with commands.offices(instance) as at:

        async def leave_behind() -> None:
            await commands.declare_dead(at, who["dead"])
            await applications.inherit(at, who["heir"], who["dead"], left)

        await together(
            [
                leave_behind(),
                applications.ask_to_move(at, who["asking"], TRANSIT_TO),
                applications.enter_lottery(at, who["lottery"]),
                oversight.dispute_home(at, who["mortgaged"]),
                oversight.tell(at, who["lottery"]),
                *(commands.move_out(at, person, TRANSIT_TO) for person in named if person.ref == "in-transit"),
                *(commands.freeze_home(at, owner, since) for owner, since in frozen if since is not None),
                *(commands.park(at, car, zone) for car, zone in [*parking, *others[:OTHERS_WITH_PERMIT]]),
            ]
        )


def _publish(instance: Instance, written: Written) -> None:
    """Write the lists of people and organisations that the login page and `onewindow people` show; named ones first."""
    known = [person for person in _people([*written.named, *written.others]) if person.ref]
    _write_list(instance.people_file, [_entry(person) for person in known])
    firms = [
        Organisation(firm.ref, firm.sentence, firm.number, firm.name, firm.representative.ref)
        for firm in written.firms
        if firm.ref
    ]
    _write_list(organisations.file_of(instance), [asdict(firm) for firm in firms])


def _write_list(target: Path, entries: list[dict[str, str]]) -> None:
    fresh = target.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(entries, file, ensure_ascii=False, indent=1)
    fresh.replace(target)


def _entry(person: Person) -> dict[str, str]:
    return {
        "ref": person.ref,
        "sentence": person.sentence,
        "sentence_en": person.sentence or "A sample person.",
        "sentence_zh": person.sentence_zh or "样本人员。",
        "scheme": SCHEME,
        "number": person.number,
        "name": person.name,
    }
