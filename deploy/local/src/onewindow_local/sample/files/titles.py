"""Rows of housing's import of titles."""

from typing import Any

from onewindow_local.sample.homes import Home

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
        home.owners[0][0].scheme,
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
