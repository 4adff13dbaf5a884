"""What the public and each citizen are told, in Chinese and English: drafts that a human completes, and notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Title = Callable[[str], Mapping[str, str]]
"""A record type's title, ``{"zh": …, "en": …}``."""


def disclosed(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The citizens who may be told now: those who see at least one of the looks in their own access record."""
    return [citizen for citizen in report["citizens"] if citizen["disclosed"] is not None]


def statement(report: Mapping[str, Any], title: Title) -> str:
    """A draft for the public (Markdown). It counts only what citizens may know of today, and names nobody.

    What must be in it: 个人信息保护法 第57条 (what kinds of data, causes, possible harm, remedies, whom to ask).
    """
    told = disclosed(report)
    types = sorted({kind for citizen in told for kind in report["fields"][citizen["disclosed"]]})
    zh = "、".join(title(kind)["zh"] for kind in types) or "无"
    en = ", ".join(title(kind)["en"] for kind in types) or "none"
    since, until = (_day(report[name]) for name in ("since", "until"))
    return f"""# 关于凭证被冒用的情况说明（草稿）

{since}至{until}期间，有人可能使用一份被冒用的凭证查阅了{len(told)}人的资料，涉及：{zh}。
上述人数依据查询记录逐条核定，查询记录可由第三方验证。

- 原因：［请填写］
- 可能造成的危害：［请填写］
- 已采取的措施：该凭证已被撤销；［请填写其他措施］
- 您可以做什么：在“一窗”中打开“查询记录”，逐条查看何时、何人、因何查阅了您的哪些资料，并可就任何一条提出质询。
- 联系方式：［请填写］

编号：{report["id"]}

# Statement on a misused credential (draft)

Between {since} and {until} somebody may have used a misused credential to see data of {len(told)} people: {en}.
The number was counted entry by entry in the access record, which third parties can verify.

- Cause: [to be filled in]
- Possible harm: [to be filled in]
- Done so far: the credential was revoked; [to be filled in]
- What you can do: open your access record in your window; it says when, by whom and why which of your data was seen, and
  you can ask a question about each entry.
- Contact: [to be filled in]

Reference: {report["id"]}
"""


def notice(report: Mapping[str, Any], fields: Mapping[str, Any], title: Title) -> dict[str, str]:
    """To each citizen whose ``fields`` (record type -> properties) may have been seen."""
    zh = "、".join(title(kind)["zh"] for kind in fields)
    en = ", ".join(title(kind)["en"] for kind in fields)
    since, until = (_day(report[name]) for name in ("since", "until"))
    return {
        "zh": f"{since}至{until}期间，您的以下资料可能被人使用冒用的凭证查阅：{zh}。"
        "每一次查阅都在您的查询记录中，您可以就任何一条提出质询。",
        "en": f"Between {since} and {until} a misused credential may have shown these data of yours to somebody: {en}. "
        "Each look stands in your access record, and you can ask a question about every one.",
    }


def _day(at: str) -> str:
    return at[:16].replace("T", " ") + " UTC"
