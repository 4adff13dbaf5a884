"""Rules of dated parameters: one value for each day, set by a level that may, within what the law leaves open to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from onewindow_contracts.entries import LEVELS, Parameter
from onewindow_contracts.lint.findings import Finding, Findings
from onewindow_contracts.lint.world import World

WHY = "an old case is judged by the rule of its day: that day needs exactly one value"
ISSUER = "a rule that an office gave itself without the power to is void, and so are the decisions by it"
SHARE = re.compile(r"(0|[1-9][0-9]{0,6})(/[1-9][0-9]{0,6})?")
Fault = tuple[str, str, str]


def parameters_are_sound(world: World) -> Findings:
    for parameter in world.parameters.values():
        for missing, why, mend in (*_form(parameter), *_time(parameter), *_levels(parameter), *_bounds(parameter)):
            yield Finding(parameter.file, "/parameters", "parameter", f"{parameter.name}: {missing}", why, mend)


def _form(parameter: Parameter) -> Iterator[Fault]:
    department = parameter.name.partition(".")[0]
    if not re.fullmatch(r"[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)+", parameter.name):
        yield "the name is not <department>.<name>", "code asks for it by that name", "rename it"
    elif parameter.file.stem != department and not parameter.file.stem.startswith(f"{department}-"):
        yield f"does not belong in {parameter.file.name}", "people look for it there", f"move it to {department}.yaml"
    if not parameter.unit.strip():
        yield "no unit", "a number without one can't be applied", "say what it counts: days, years, fen, percent, …"
    if not all(parameter.title.values()):
        yield "an empty title", "docs/rules.md shows it", "write one in both languages"
    for dated in parameter.values:
        if not dated.legal_basis.strip():
            since = dated.since.isoformat()
            yield f"the value of {since} names no legal basis", "a decision states it", "name the norm and its article"


def _time(parameter: Parameter) -> Iterator[Fault]:
    values = parameter.values
    if not values:
        yield "no values", WHY, "add the first one"
        return
    for before, after in pairwise(values):
        if before.until != after.since:
            mend = f"let the one before end on {after.since.isoformat()}"
            yield f"gap or overlap before {after.since.isoformat()}", WHY, mend
    if any(v.until is not None and v.until <= v.since for v in values):
        yield "a value ends before it begins", WHY, "mend the days"
    if values[-1].until is not None:
        mend = "leave the last one open (until: null); a rule that ended has the value that then holds"
        yield f"no value from {values[-1].until.isoformat()} on", WHY, mend


def _levels(parameter: Parameter) -> Iterator[Fault]:
    """The issuing level is that of the law; without `issuing` the highest among the values."""
    known = [*(v.level for v in parameter.values), *([parameter.issuing] if parameter.issuing else [])]
    below = (parameter.bounds or {}).get("levels", LEVELS)
    named = [*known, *(below if isinstance(below, list | tuple) else [below])]
    if unknown := {str(level) for level in named if level not in LEVELS}:
        yield f"unknown level {', '.join(sorted(unknown))}", ISSUER, f"take one of {', '.join(LEVELS)}"
        return
    if not known:
        return
    issuing = parameter.issuing or min(known, key=LEVELS.index)
    for dated in parameter.values:
        since = dated.since.isoformat()
        if LEVELS.index(dated.level) < LEVELS.index(issuing):
            missing = f"the value of {since} is set above the issuing level {issuing}"
            yield missing, ISSUER, f"issuing: {dated.level}, or mend the value's level"
        elif dated.level != issuing and parameter.bounds is None:
            missing = f"the value of {since} is set by a {dated.level}, and the law leaves it no choice"
            yield missing, ISSUER, "add bounds, or mend the value's level"
        elif dated.level != issuing and dated.level not in below:
            missing = f"the value of {since} is set by a {dated.level}, which may not choose"
            yield missing, ISSUER, f"bounds allow {', '.join(below)}"


def _bounds(parameter: Parameter) -> Iterator[Fault]:
    bounds = parameter.bounds
    if bounds is None:
        return
    why = "a lower level may choose only within what the law leaves open"
    if not bounds or not set(bounds) <= {"minimum", "maximum", "levels"}:
        yield "unknown bounds", why, "write bounds: {minimum: …, maximum: …}, and levels: […] where not every level may"
        return
    limits = {key: number(bounds[key]) for key in ("minimum", "maximum") if key in bounds}
    leaves = [(dated, leaf) for dated in parameter.values for leaf in _leaves(dated.value)]
    if None in limits.values() or any(number(leaf) is None for _, leaf in leaves):
        yield "bounds need numbers", why, "write numbers or shares (1/3), or bounds: null"
        return
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is not None and high is not None and high < low:
        yield "the bounds exclude everything", why, "mend them"
    for _, leaf in leaves:
        value = number(leaf)
        assert value is not None  # looked at above
        if (low is not None and value < low) or (high is not None and value > high):
            yield f"{leaf} lies outside its bounds", why, "mend the value or the bounds"


def _leaves(value: Any) -> Iterator[Any]:
    """The numbers of a value that is one, or a mapping or list of them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def number(value: Any) -> Fraction | None:
    """Numbers and shares ("1/3") as one kind, to be compared exactly; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Fraction(str(value))
    if isinstance(value, str) and SHARE.fullmatch(value):
        return Fraction(value)
    return None
