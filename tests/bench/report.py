"""One line a figure: name, value, unit, baseline, ratio."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``ratio`` is value to baseline, both measured in this run; ``goal`` is the ratio (or value) aimed at, in words."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    ratio: float | None = None
    goal: str = ""


def show(figures: list[Figure], *, as_json: bool) -> None:
    for figure in figures:
        if as_json:
            print(json.dumps(asdict(figure)))
            continue
        ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f} of {figure.baseline}"
        goal = f"(aim {figure.goal})" if figure.goal else ""
        print(f"{figure.name:42} {figure.value:12,.1f} {figure.unit:12} {ratio} {goal}".rstrip(), flush=True)
