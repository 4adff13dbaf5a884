"""Writes docs/rules.md: ``python docs/rules.py``; a test compares the two. ``--missing`` names what no test holds yet."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from onewindow_contracts.entries import DatedValue, Parameter
from onewindow_contracts.loader import HOME, load
from onewindow_contracts.rules import Marked, Rule, marks, placed, rules

PAGE = Path(__file__).with_suffix(".md")
CHECKOUT = HOME.parent
DEPARTMENTS = {"identity": "Identity", "housing": "Housing", "transport": "Transport", "all": "Every department"} | {
    "gateway": "The access record"
}
LONGEST = 160  # characters of a value that is shown here; a longer one is read in its file
INTRODUCTION = """\
# Rules

What the departments hold to: each rule with its norm, the numbers that law or a level of government sets in it, from which
day each holds, and the tests that hold it. A case is judged by the rules of the day on which it was applied for; a changed
rule is a new dated value in `contracts/parameters/`, not changed code. "(?)" marks a value whose norm was not read in its
present text.

This page is written by `python docs/rules.py` from `contracts/rules.yaml`, the parameters, and the marks on the tests.
"""


def page() -> str:
    """The whole page."""
    known = rules(HOME / "rules.yaml")
    parameters, held = placed(known, load([HOME]).parameters), marks(CHECKOUT)
    parts = [INTRODUCTION]
    for department, title in DEPARTMENTS.items():
        parts.append(f"## {title}\n")
        parts += (section(rule, parameters[rule.id], held) for rule in known if rule.department == department)
    return "\n".join(parts)


def section(rule: Rule, parameters: Sequence[Parameter], held: dict[str, list[Marked]]) -> str:
    lines = [f"### {rule.id}", "", rule.text["en"], "", rule.text["zh"], "", f"Norm: {rule.norm}"]
    if rule.id in held:
        lines += ["", held_by(held[rule.id])]
    for parameter in parameters:
        lines += ["", *numbers(parameter)]
        if parameter.name in held:
            lines += ["", held_by(held[parameter.name])]
    return "\n".join([*lines, ""])


def numbers(parameter: Parameter) -> Iterator[str]:
    """A parameter's heading and the table of its values."""
    yield f"**`{parameter.name}`** {parameter.title['zh']} · {parameter.title['en']} ({parameter.unit}){choice(parameter)}"
    yield ""
    yield "| from | value | set by | legal basis |"
    yield "|---|---|---|---|"
    for dated in parameter.values:
        doubt = " (?)" if dated.doubtful else ""
        yield f"| {dated.since} | {shown(parameter, dated)}{doubt} | {dated.level} | {dated.legal_basis} |"


def choice(parameter: Parameter) -> str:
    """What a lower level may choose."""
    bounds = parameter.bounds or {}
    limits = [
        f"{word} {bounds[key]}" for key, word in (("minimum", "at least"), ("maximum", "at most")) if key in bounds
    ]
    return f"; a lower level may choose {' and '.join(limits)}" if limits else ""


def shown(parameter: Parameter, dated: DatedValue) -> str:
    text = json.dumps(dated.value, ensure_ascii=False)
    if len(text) > LONGEST:
        return f"see [{parameter.file.name}](../contracts/parameters/{parameter.file.name})"
    return f"`{text}`".replace("|", "\\|")


def held_by(tests: Sequence[Marked]) -> str:
    """Links to files, with the names of the tests in them."""
    files = [
        f"[{Path(file).name}](../{file}){': ' if names else ''}{', '.join(names)}"
        for file, names in (
            (file, [f"`{test.name}`" for test in group if test.name])
            for file, group in itertools.groupby(tests, key=lambda test: test.file)
        )
    ]
    return "Held by " + "; ".join(files)


def missing() -> list[str]:
    """Rules and parameters that no test is marked with; a rule is held by a test of one of its parameters too."""
    known, held = rules(HOME / "rules.yaml"), marks(CHECKOUT)
    parameters = placed(known, load([HOME]).parameters)
    numbers = [p.name for group in parameters.values() for p in group]
    unheld = [r.id for r in known if r.id not in held and not any(p.name in held for p in parameters[r.id])]
    return unheld + [name for name in sorted(numbers) if name not in held]


if __name__ == "__main__":
    if "--missing" in sys.argv:
        sys.stdout.write("\n".join([*missing(), ""]))
    else:
        PAGE.write_text(page(), encoding="utf-8")
