"""The sample as the files that the departments' own imports take: CSV with Chinese headers, one row after another."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onewindow_kit.clock import today

from onewindow_local.sample.city import City, Resident
from onewindow_local.sample.homes import Home
from onewindow_local.sample.people import Household, Person
from onewindow_local.sample.traffic import Car, Licence

SCHEME = "cn-id"
PERSONS = [
    "公民身份号码",
    "姓名",
    "性别",
    "出生日期",
    "民族",
    "出生地区划",
    "户口状态",
    "户号",
    "户类别",
    "与户主关系",
    "行政区划",
    "街道社区",
    "住址",
    "登记日期",
    "父亲公民身份号码",
    "母亲公民身份号码",
    "配偶公民身份号码",
    "结婚日期",
    "身份证签发日期",
]
TITLES = [
    "不动产单元代码",
    "坐落",
    "建筑面积",
    "用途",
    "证件类型",
    "权利人证件号码",
    "权利人",
    "共有份额",
    "共有方式",
    "登记原因",
    "成交价（分）",
    "登记日期",
    "不动产权证号",
    "抵押权人",
    "抵押权人统一社会信用代码",
    "不动产登记证明号",
    "抵押登记日期",
    "被担保债权数额（分）",
    "债务履行起始日",
    "债务履行截止日",
    "存在禁止或限制转让约定",
]
LICENCES = [
    "证件类型",
    "公民身份号码",
    "档案编号",
    "准驾车型",
    "初次领证日期",
    "状态",
    "有效期类型",
    "有效起始日期",
    "有效期止",
    "状态起始日期",
    "状态截止日期",
]
VEHICLES = [
    "证件类型",
    "公民身份号码",
    "车辆识别代号",
    "号牌种类",
    "号牌号码",
    "车辆类型",
    "品牌",
    "型号",
    "车身颜色",
    "能源种类",
    "使用性质",
    "初次登记日期",
    "抵押权人代码",
    "抵押权人",
    "抵押登记日期",
]
# Those who are here by birth or death certificate only later: see commands.
ALIVE_FOR_NOW = "registered"


@dataclass(slots=True)
class Written:
    """What was written: rows by file, and whom commands and the list of people need afterwards."""

    rows: dict[str, int] = field(default_factory=dict)
    named: list[Resident] = field(default_factory=list)
    others: list[Resident] = field(default_factory=list)


def write(folder: Path, city: City, people: int, *, others: int, progress: Callable[[int], None]) -> Written:
    """Write persons.csv, titles.csv, licences.csv and vehicles.csv for `people`; streams, whatever their number.

    The first `others` households that have no name come back too; `progress` hears how many people are written.
    """
    written = Written()
    count = 0
    with ExitStack() as open_files:
        sheets = {
            name: open_files.enter_context(Sheet(folder / f"{name}.csv", header))
            for name, header in (
                ("persons", PERSONS),
                ("titles", TITLES),
                ("licences", LICENCES),
                ("vehicles", VEHICLES),
            )
        }
        for resident in city.residents(people):
            sheets["persons"].add(persons(resident.household))
            sheets["titles"].add(map(title, resident.homes))
            sheets["licences"].add(licence(each, city.on) for each in resident.licences)
            sheets["vehicles"].add(map(vehicle, resident.cars))
            if any(person.ref for person in resident.household.persons()):
                written.named.append(resident)
            elif len(written.others) < others:
                written.others.append(resident)
            count += len(resident.household.members)
            progress(count)
        written.rows = {name: sheet.rows for name, sheet in sheets.items()}
    return written


class Sheet:
    """A CSV file under a temporary name until it is whole."""

    def __init__(self, path: Path, header: list[str]) -> None:
        self.path, self.rows = path, 0
        self._fresh = path.with_suffix(".new")
        self._header = header

    def __enter__(self) -> "Sheet":
        self._file = self._fresh.open("w", encoding="utf-8", newline="")
        self._fresh.chmod(0o600)
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._header)
        return self

    def add(self, rows: Iterable[list[Any]]) -> None:
        for row in rows:
            self._writer.writerow(row)
            self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is None:
            self._fresh.replace(self.path)


def persons(household: Household) -> Iterator[list[Any]]:
    """Rows of identity's import. The dead are still alive in them: their death is declared afterwards, as in life."""
    placed = [household.code, household.kind]
    where = [household.division, household.neighbourhood, household.address]
    for person, relationship in household.members:
        standing = ALIVE_FOR_NOW if person.standing == "dead" else person.standing
        registered = standing == "registered"
        yield [
            person.number,
            person.name,
            person.sex,
            person.born,
            person.ethnic_group,
            person.birth_division,
            standing,
            *([*placed, relationship, *where, _entered(household, person)] if registered else [""] * 7),
            _number(person.father),
            _number(person.mother),
            _number(person.spouse),
            person.married_on,
            person.card_issued_on,
        ]


def title(home: Home) -> list[Any]:
    """A row of housing's import of titles, with its mortgage."""
    mortgage: list[Any] = [""] * 8
    if (m := home.mortgage) is not None:
        mortgage = [
            m.bank,
            m.bank_code,
            m.certificate_number,
            m.debt_from,
            m.secured_fen,
            m.debt_from,
            m.debt_until,
            "是" if m.no_transfer else "否",
        ]
    return [
        home.unit_code,
        home.address,
        home.area_m2,
        "住宅",
        SCHEME,
        ";".join(person.number for person, _ in home.owners),
        ";".join(person.name for person, _ in home.owners),
        ";".join(share for _, share in home.owners if share),
        home.ownership,
        home.cause,
        "" if home.price_fen is None else home.price_fen,
        home.registered_on,
        home.certificate_number,
        *mortgage,
    ]


def licence(licence: Licence, on: date) -> list[Any]:
    """A row of transport's import of licences. A suspension is one of two months ago that runs four more."""
    term, since, until = licence.present_term(on)
    state: list[Any] = ["", ""]
    if licence.state == "suspended":
        state = [today() - timedelta(days=60), today() + timedelta(days=120)]
    return [
        SCHEME,
        licence.holder.number,
        licence.file_number,
        ",".join(licence.classes),
        licence.first_issued_on,
        licence.state,
        term,
        since,
        until,
        *state,
    ]


def vehicle(car: Car) -> list[Any]:
    """A row of transport's import of vehicles."""
    loan: list[Any] = ["", "", ""]
    if car.mortgagee is not None:
        bank, code = car.mortgagee
        loan = [code, bank, car.registered_on]
    return [
        SCHEME,
        car.owner.number,
        car.vin,
        car.plate_type,
        car.plate,
        "K33",
        car.make,
        car.model,
        car.colour,
        car.energy,
        "A",
        car.registered_on,
        *loan,
    ]


def _entered(household: Household, person: Person) -> date:
    """With the household, or within a month of a birth."""
    return max(household.registered_on, person.born + timedelta(days=person.born.day % 25 + 3))


def _number(person: Person | None) -> str:
    return "" if person is None else person.number
