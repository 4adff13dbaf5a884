"""Rows of identity's import of persons, with their relatives, registers and cards."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from onewindow_local.sample.files.sheet import number
from onewindow_local.sample.people import Household, Person, Stay

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
    "离婚日期",
    "身份证签发日期",
    "居住地区划",
    "居住地址",
    "居住登记日期",
    "居住证申领条件",
    "居住证签发日期",
    "居住证签注日期",
]
# Those who are here by birth or death certificate only later: see commands.
ALIVE_FOR_NOW = "registered"


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
            number(person.father),
            number(person.mother),
            number(person.spouse),
            person.married_on,
            person.divorced_on,
            person.card_issued_on,
            *_stay(person.stay),
        ]


def _entered(household: Household, person: Person) -> date:
    """With the household, or within a month of a birth."""
    return max(household.registered_on, person.born + timedelta(days=person.born.day % 25 + 3))


def _stay(stay: Stay | None) -> list[Any]:
    """Where somebody from elsewhere lives, and the permit to do so."""
    if stay is None:
        return [""] * 6
    return [stay.division, stay.address, stay.since, stay.ground, stay.granted_on, stay.endorsed_on]
