"""The sample as the files that the departments' own imports take: CSV with Chinese headers, one row after another."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from onewindow_local.sample.city import City, Resident
from onewindow_local.sample.files.persons import PERSONS, persons
from onewindow_local.sample.files.sheet import SCHEME, Sheet
from onewindow_local.sample.files.titles import TITLES, title
from onewindow_local.sample.files.traffic import LICENCES, VEHICLES, VIOLATIONS, licence, vehicle, violation
from onewindow_local.sample.files.work import CONTRIBUTIONS, ORGANISATIONS, contributions, organisation
from onewindow_local.sample.work import Firm

__all__ = ["SCHEME", "Written", "write"]

HEADERS = {
    "persons": PERSONS,
    "titles": TITLES,
    "licences": LICENCES,
    "vehicles": VEHICLES,
    "violations": VIOLATIONS,
    "organisations": ORGANISATIONS,
    "contributions": CONTRIBUTIONS,
}
"""The header of each file, by its name."""


@dataclass(slots=True)
class Written:
    """What was written: rows by file, and whom commands and the list of people need afterwards."""

    rows: dict[str, int] = field(default_factory=dict)
    named: list[Resident] = field(default_factory=list)
    others: list[Resident] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)


def write(folder: Path, city: City, people: int, *, others: int, progress: Callable[[int], None]) -> Written:
    """Write a file for each of HEADERS for `people`; streams, whatever their number.

    The first `others` households that have no name come back too; `progress` hears how many people are written.
    """
    written = Written()
    count = 0
    with ExitStack() as open_files:
        sheets = {
            name: open_files.enter_context(Sheet(folder / f"{name}.csv", header)) for name, header in HEADERS.items()
        }
        for resident in city.residents(people):
            sheets["persons"].add(persons(resident.household))
            sheets["titles"].add(map(title, resident.homes))
            sheets["licences"].add(licence(each, city.on) for each in resident.licences)
            sheets["vehicles"].add(map(vehicle, resident.cars))
            sheets["violations"].add(map(violation, resident.violations))
            sheets["contributions"].add(row for job in resident.jobs for row in contributions(job, city.day))
            if any(person.ref for person in resident.household.persons()):
                written.named.append(resident)
            elif len(written.others) < others:
                written.others.append(resident)
            count += len(resident.household.members)
            progress(count)
        sheets["organisations"].add(map(organisation, city.work.firms))
        written.firms = city.work.firms
        written.rows = {name: sheet.rows for name, sheet in sheets.items()}
    return written
