"""Rows of identity's import of organisations and of housing's import of contributions to the provident fund."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from onewindow_local.sample.files.sheet import SCHEME
from onewindow_local.sample.work import Firm, Job

ORGANISATIONS = ["统一社会信用代码", "机构名称", "机构类型", "成立日期", "法定代表人公民身份号码", "任职日期"]
CONTRIBUTIONS = [
    "单位统一社会信用代码",
    "证件类型",
    "证件号码",
    "缴存月份",
    "上年度月平均工资（分）",
    "月缴存额（分）",
    "缴存日期",
]
PAID_AFTER = 33
"""Days after a month's beginning on which its payment came."""
GROWN_UP = 20 * 366
"""Days by which the founder of a firm in a sample is of age for certain."""


def organisation(firm: Firm) -> list[Any]:
    """A row of the import of organisations."""
    since = max(firm.founded_on, firm.representative.born + timedelta(days=GROWN_UP))
    return [firm.number, firm.name, "enterprise", firm.founded_on, firm.representative.number, since]


def contributions(job: Job, on: date) -> Iterator[list[Any]]:
    """A row for each month that was due by the day `on`."""
    for month in job.months(on):
        number = job.person.number
        came = month + timedelta(days=PAID_AFTER)
        yield [job.firm.number, SCHEME, number, f"{month:%Y-%m}", job.wage_fen, job.contribution_fen, came]
