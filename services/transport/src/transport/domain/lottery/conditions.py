"""Who may be drawn for, and with how many tickets; asked at the freeze and again at the award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Ground = Literal["alive", "residence", "insured-months", "licence", "no-car", "no-quota", "not-barred", "one-entry"]
REASONS: dict[Ground, str] = {
    "alive": "户籍机关报告申请人死亡 / the population office reported the applicant's death",
    "residence": "无本市户籍，也无有效居住证 / neither registered here nor holding a residence permit in force",
    "insured-months": "居住证持有人参保月数不足 / a permit holder with fewer insured months than needed",
    "licence": "无有效驾驶证 / no driving licence in force",
    "no-car": "名下有本市登记的小客车 / a car is registered in the applicant's name",
    "no-quota": "已持有有效指标 / the applicant already holds a live quota",
    "not-barred": "指标逾期未用，尚在禁止申请期内 / barred since an earlier quota was not used",
    "one-entry": "同一人在本期已有申请 / the same person has an earlier entry in this pool",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registers say of one applicant. ``months`` is None where it needn't be asked (registered here)."""

    alive: bool
    registered: bool
    permit: bool
    months: int | None
    licence: bool
    car: bool
    live_quota: bool
    barred: bool


def unmet(facts: Facts, months_needed: int) -> Ground | None:
    """The first condition that is not met, in the order in which an applicant would mend them."""
    if not facts.alive:
        return "alive"
    if not facts.registered and not facts.permit:
        return "residence"
    if not facts.registered and (facts.months or 0) < months_needed:
        return "insured-months"
    if not facts.licence:
        return "licence"
    if facts.car:
        return "no-car"
    if facts.live_quota:
        return "no-quota"
    return "not-barred" if facts.barred else None


def weight(failed_rounds: int, ladder: Mapping[int, int]) -> int:
    """Tickets of somebody who was not drawn ``failed_rounds`` times; ``ladder``: weight from so many rounds on."""
    return ladder[max(step for step in ladder if step <= failed_rounds)]
