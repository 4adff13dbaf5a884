"""A look in the words of those who were looked at: one sentence in each language, made from contracts alone.

Names of offices, purposes, record types and fields come from the contract files, so that a new department's looks are told
without a line of code here. What a contract no longer knows is told by its id: entries outlive contracts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from onewindow_contracts.loader import Contracts
from onewindow_contracts.purposes import Purpose

from gateway.record.things import Things

LANGUAGES: Final = ("zh", "en")
Label = Mapping[str, str]
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DID: Final = {
    "answered": {"zh": "查看了", "en": "looked at"},
    "not-modified": {"zh": "再次查看了", "en": "looked again at"},
    "refused": {"zh": "要求查看", "en": "asked to look at"},
    "not-found": {"zh": "查找了", "en": "looked for"},
}
_NOTHING: Final = {"zh": "您的资料", "en": "your data"}
_YOU: Final = {"zh": "您", "en": "you"}
_SOMEBODY: Final = {"zh": "代理人", "en": "somebody who acts for the organisation"}


class Words:
    """Of one edition of the contracts. ``explain`` gives the title of a problem code, None for an unknown one."""

    def __init__(self, contracts: Contracts, time_zone: str, explain: Callable[[str], Label | None]) -> None:
        self._contracts, self._zone, self._explain = contracts, ZoneInfo(time_zone), explain
        self.things = Things(contracts)

    def organisation(self, name: str) -> Label | None:
        """What an authority is called; None for an application or a service."""
        found = self._contracts.authorities.get(name)
        return None if found is None else found.title

    def purpose(self, name: str) -> Label | None:
        found = self._contracts.purposes.get(name)
        return None if found is None else found.title

    def tell(self, entry: Mapping[str, Any], discloses_on: date | None = None) -> dict[str, str]:
        """The sentence, in each language."""
        return {language: self._tell(entry, discloses_on, language) for language in LANGUAGES}

    def _tell(self, entry: Mapping[str, Any], discloses_on: date | None, language: str) -> str:
        zh = language == "zh"
        purpose = self._contracts.purposes.get(entry["purpose"] or "")
        when = _when(datetime.fromisoformat(entry["at"]).astimezone(self._zone), language)
        who, did = self._who(entry, purpose)[language], _DID[entry["outcome"]][language]
        what = _joined(self.things.seen(entry["records"], language), language) or _NOTHING[language]
        case = entry["case"] and (f"（办件号 {entry['case']}）" if zh else f" (case {entry['case']})")
        basis = entry["legal_basis"] and (f"，依据{entry['legal_basis']}" if zh else f", under {entry['legal_basis']}")
        to = ""
        if purpose is not None:
            to = f"，{purpose.to['zh']}" if zh else f" {purpose.to['en']}"
        elif entry["purpose"]:
            to = f"，目的 {entry['purpose']}" if zh else f" for the purpose {entry['purpose']}"
        end = self._end(entry, language)
        text = f"{when}，{who}{did}{what}{to}" if zh else f"{when} {who} {did} {what}{to}"
        text += f"{case or ''}{basis or ''}{end}{'。' if zh else '.'}"
        return text + self._after(entry, discloses_on, purpose, language)

    def _who(self, entry: Mapping[str, Any], purpose: Purpose | None) -> Label:
        if entry["kind"] == "own":
            return _SOMEBODY if entry["actor"] else _YOU
        office = self.organisation(entry["organisation"])
        if office is None and purpose is not None and entry["organisation"] in purpose.machines:
            office = self._holder(purpose)  # a service looks for the office that answers for the purpose
        if office is None:
            name = entry["organisation"]
            return {"zh": f"系统“{name}”", "en": f"the service {name}"}
        if entry["actor"]:
            return {"zh": f"{office['zh']}的一名工作人员", "en": f"a clerk of the {office['en']}"}
        return {"zh": f"{office['zh']}的系统", "en": f"a machine of the {office['en']}"}

    def _holder(self, purpose: Purpose) -> Label | None:
        local = f".{purpose.holder}"
        return next((each.title for id, each in self._contracts.authorities.items() if id.endswith(local)), None)

    def _end(self, entry: Mapping[str, Any], language: str) -> str:
        zh = language == "zh"
        match entry["outcome"]:
            case "refused":
                why = self._explain(entry["reason"] or "")
                told = f"（{why['zh']}）" if why and zh else f" ({why['en']})" if why else ""
                return (
                    f"；该请求被拒绝{told}，未显示任何内容"
                    if zh
                    else f"; this was refused{told}, and nothing was shown"
                )
            case "not-modified":
                return "；内容自上次以来没有变化" if zh else "; nothing had changed since"
            case "not-found":
                return "；未找到，未显示任何内容" if zh else "; none was found, and nothing was shown"
        return ""

    def _after(self, entry: Mapping[str, Any], discloses_on: date | None, purpose: Any, language: str) -> str:
        zh = language == "zh"
        text = ""
        if entry["withheld"] and entry["outcome"] != "refused":
            names = _joined(self.things.fields(entry["withheld"], language), language)
            text += f"未显示：{names}。" if zh else f" Not shown: {names}."
        if discloses_on is not None:
            law = purpose.discloses_basis if purpose is not None and purpose.discloses_basis else entry["legal_basis"]
            day = _day(discloses_on, language)
            text += (
                f"依{law}，此次查看在{day}前未予告知。" if zh else f" Under {law} this was not disclosed before {day}."
            )
        return text


class Edition(Protocol):
    """The contracts at one moment; ``problems`` explains codes, each with its ``title``."""

    @property
    def contracts(self) -> Contracts: ...
    @property
    def problems(self) -> Mapping[str, Mapping[str, Any]]: ...


def newest(edition: Callable[[], Edition], time_zone: str) -> Callable[[], Words]:
    """Gives the words of the newest edition, made once for each."""
    made: tuple[Edition, Words] | None = None

    def give() -> Words:
        nonlocal made
        now = edition()
        if made is None or made[0] is not now:
            made = now, Words(now.contracts, time_zone, lambda code: now.problems.get(code, {}).get("title"))
        return made[1]

    return give


def _when(moment: datetime, language: str) -> str:
    day = _day(moment.date(), language)
    return f"{day}{moment:%H:%M}" if language == "zh" else f"On {day} at {moment:%H:%M}"


@cache
def _day(day: date, language: str) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _joined(parts: Sequence[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(parts[:-1]) + last + parts[-1]
