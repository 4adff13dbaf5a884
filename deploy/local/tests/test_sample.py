"""The sample population is like life where it matters, and like no real person."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from onewindow_contracts import loader
from onewindow_contracts.formats import is_gb11643, is_uscc, is_vin
from onewindow_contracts.models import (
    housing,
    housing_fund,
    identity,
    identity_organisations,
    transport,
    transport_violations,
)
from onewindow_local.sample import files
from onewindow_local.sample.city import City, Resident
from onewindow_local.sample.files import Written
from onewindow_local.sample.people import Person
from onewindow_local.sample.work import Firm

PEOPLE = 4000
ON = date(2026, 1, 1)
NAMED = {
    "mortgaged", "joint-husband", "joint-wife", "minor", "shares-sister", "shares-brother", "in-transit", "no-papers",
    "dead", "frozen", "suspended", "abroad", "empty", "employer", "fund-years", "divorced", "divorced-father", "heir",
    "points", "twelve-points", "residence-permit", "lottery", "asking",
}  # fmt: skip


@pytest.fixture(scope="module")
def residents() -> list[Resident]:
    return list(City(seed=7, on=ON).residents(PEOPLE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="module")
def written(folder: Path) -> Written:
    return files.write(folder, City(seed=7, on=ON), PEOPLE, others=5, progress=lambda _: None)


def rows(file: Path, department: str, form: str) -> Iterator[dict[str, Any]]:
    """The rows under the contract's names: every header must be one that the department's contract knows."""
    properties = loader.load().openapi(department)["components"]["schemas"][form]["properties"]
    names = {
        header: name
        for name, each in properties.items()
        for header in each.get("x-import-headers") or [each["x-label"]["zh"]]
    }
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            yield {names[header]: value or None for header, value in row.items()}


def test_the_same_seed_gives_the_same_files(written: Written, folder: Path, tmp_path: Path) -> None:
    again = files.write(tmp_path, City(seed=7, on=ON), PEOPLE, others=5, progress=lambda _: None)
    assert again.rows == written.rows
    for name in files.HEADERS:
        assert (tmp_path / f"{name}.csv").read_bytes() == (folder / f"{name}.csv").read_bytes()
        assert (tmp_path / f"{name}.csv").stat().st_mode & 0o777 == 0o600
    other = City(seed=8, on=ON)
    assert (
        next(iter(other.residents(100))).household.address != next(iter(City(7, ON).residents(100))).household.address
    )


@pytest.mark.parametrize(
    ("file", "department", "form", "model"),
    [
        ("persons", "identity", "ImportRow", identity.ImportRow),
        ("titles", "housing", "ImportedTitle", housing.ImportedTitle),
        ("licences", "transport", "DrivingLicenceRow", transport.DrivingLicenceRow),
        ("vehicles", "transport", "VehicleRow", transport.VehicleRow),
        ("violations", "transport", "ViolationRow", transport_violations.ViolationRow),
        ("organisations", "identity", "OrganisationRow", identity_organisations.OrganisationRow),
        ("contributions", "housing", "ImportedContribution", housing_fund.ImportedContribution),
    ],
)
def test_every_row_is_as_the_departments_contract_says(written, folder, file, department, form, model) -> None:
    count = 0
    for row in rows(folder / f"{file}.csv", department, form):
        model.model_validate(row)
        count += 1
    assert count == written.rows[file] > 0


def test_numbers_are_well_formed_and_given_once(residents: list[Resident]) -> None:
    people = [person for resident in residents for person in resident.household.persons()]
    assert PEOPLE <= len(people) < PEOPLE + 20
    assert len({person.number for person in people}) == len(people)
    for person in people:
        assert is_gb11643(person.number)
        assert person.number[6:14] == f"{person.born:%Y%m%d}"
        assert int(person.number[16]) % 2 == (person.sex == "1")
    cars = [car for resident in residents for car in resident.cars]
    assert all(is_vin(car.vin) for car in cars)
    assert len({car.vin for car in cars}) == len({(car.plate_type, car.plate) for car in cars}) == len(cars)
    flats = [home for resident in residents for home in resident.homes]
    assert len({home.unit_code for home in flats}) == len(flats)
    assert all(is_uscc(home.mortgage.bank_code) for home in flats if home.mortgage)


def test_every_place_is_a_real_division(residents: list[Resident]) -> None:
    divisions = loader.load().codelists["divisions"].codes
    for resident in residents:
        assert resident.household.division in divisions
        for person in resident.household.persons():
            assert person.birth_division in divisions


def test_names_say_that_they_are_made_up(residents: list[Resident]) -> None:
    for resident in residents:
        for person in resident.household.persons():
            assert person.name[1] in "样例试", person.name


def test_families_hang_together(residents: list[Resident]) -> None:
    seen: set[str] = set()
    couples = children = 0
    for resident in residents:
        for person in resident.household.persons():
            for earlier in (person.father, person.mother, person.spouse):
                assert earlier is None or earlier.number in seen, "relatives stand before the line that names them"
            if person.father and person.mother:
                children += 1
                assert person.name[0] == person.father.name[0]
                mother_at_birth = (person.born - person.mother.born) / timedelta(days=365.25)
                assert 17 < mother_at_birth < 46
            if person.spouse:
                couples += 1
                assert abs(person.born - person.spouse.born) < timedelta(days=365 * 14)
                assert person.married_on is not None
                assert person.married_on > max(person.born, person.spouse.born) + timedelta(days=365 * 20)
            seen.add(person.number)
    assert couples > PEOPLE / 8
    assert children > PEOPLE / 8


def test_only_adults_drive_own_and_owe(residents: list[Resident]) -> None:
    for resident in residents:
        for licence in resident.licences:
            assert licence.holder.age(licence.first_issued_on) >= 18
        for car in resident.cars:
            if isinstance(car.owner, Firm):
                continue
            assert car.owner in [licence.holder for licence in resident.licences]
            assert car.registered_on >= next(
                each.first_issued_on for each in resident.licences if each.holder is car.owner
            )
        for home in resident.homes:
            assert all(person.age(home.registered_on) >= 18 for person, _ in home.owners if isinstance(person, Person))
            assert home.mortgage is None or home.mortgage.debt_from >= home.registered_on


def test_shares_of_a_flat_are_one(residents: list[Resident]) -> None:
    from fractions import Fraction

    shared = [home for resident in residents for home in resident.homes if home.ownership == "by-shares"]
    assert shared
    for home in shared:
        assert sum(Fraction(share or "0") for _, share in home.owners) == 1


def test_the_named_people_cover_the_states(written: Written) -> None:
    named = [person for resident in written.named for person in resident.household.persons() if person.ref]
    assert named[0].ref == "mortgaged"
    assert {person.ref for person in named} == NAMED
    for person in named:
        assert person.ref.isascii() and len(person.ref) <= 20
        assert person.sentence and person.sentence_zh
