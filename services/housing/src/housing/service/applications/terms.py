"""What the parties to a case about a title are asked to agree to, in words that they can read."""

from collections.abc import Iterator, Mapping
from typing import Any

from onewindow_kit.cases import Term

from housing.domain.fund.money import yuan
from housing.domain.title import Title
from housing.service.rules import Rules

WORDS = {
    "share": ("转让份额", "share handed over"),
    "own_name": ("申请人（继承人）", "applicant, an heir"),
    "own_share": ("申请人所得份额", "applicant's share"),
    "mortgagee_name": ("抵押权人", "creditor"),
    "mortgagee_code": ("抵押权人统一社会信用代码", "creditor's code"),
    "debt_from": ("债务履行起始日", "debt from"),
    "debt_until": ("债务履行截止日", "debt until"),
    "until": ("居住权期限至", "right of residence until"),
}
MONEY = {"price_fen": ("成交价", "price"), "secured_fen": ("被担保债权数额", "secured amount")}
CODES = {
    "cause": ("登记原因", "cause", "housing.causes"),
    "ownership": ("共有方式", "form of ownership", "housing.ownership"),
    "kind": ("抵押方式", "kind of mortgage", "housing.mortgage-kinds"),
}


def terms(title: Title, content: Mapping[str, Any], rules: Rules) -> list[Term]:
    """Which home, and everything of the application that binds whoever agrees to it."""
    return [Term("坐落", "address", title.address), *_terms(content, rules)]


def _terms(content: Mapping[str, Any], rules: Rules) -> Iterator[Term]:
    said = {name: value for name, value in content.items() if value is not None}
    for name, (zh, en, codelist) in CODES.items():
        if name in said:
            code = rules.contracts.codelists[codelist].codes[said[name]]
            yield Term(zh, en, f"{code.zh} {code.en}")
    for name, (zh, en) in WORDS.items():
        if name in said:
            yield Term(zh, en, said[name])
    for name, (zh, en) in MONEY.items():
        if name in said:
            yield Term(zh, en, yuan(said[name]))
    for each in said.get("acquirers", ()):
        share = "" if each["share"] is None else f" {each['share']}"
        yield Term("取得人", "acquirer", each["name"] + share)
    if said.get("no_transfer"):
        yield Term("转让限制", "no-transfer clause", "未经抵押权人同意不得转让 / no transfer without the creditor")
