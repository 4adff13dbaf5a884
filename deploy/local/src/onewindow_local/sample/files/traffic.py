"""Rows of transport's imports: licences, vehicles and violations."""

from datetime import date, timedelta
from typing import Any

from onewindow_kit.clock import today

from onewindow_local.sample.files.sheet import SCHEME
from onewindow_local.sample.traffic import Car, Licence, Violation

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
VIOLATIONS = [
    "号牌种类",
    "号牌号码",
    "证件类型",
    "驾驶人公民身份号码",
    "违法行为代码",
    "违法日期",
    "违法地点",
    "决定书编号",
    "处理单位",
    "处理状态",
    "处理日期",
    "缴款日期",
]
UNIT = "330106-traffic"


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
        car.owner.scheme,
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


def violation(violation: Violation) -> list[Any]:
    """A row of transport's import of violations; points and fine follow from the law of its day."""
    return [
        violation.car.plate_type,
        violation.car.plate,
        SCHEME,
        violation.driver.number,
        violation.kind,
        violation.on,
        violation.place,
        violation.document,
        UNIT,
        violation.state,
        violation.accepted_on or "",
        violation.paid_on or "",
    ]
