"""The properties of the departments are tried with enough random sequences of commands, in every run and in a long one."""

from __future__ import annotations

import ast
from pathlib import Path

from onewindow_kit.testing.sequences import TIMES
from onewindow_local.instance import CHECKOUT

EVERY_RUN, LONG_RUN = 2_000, 100_000


def counts(file: Path) -> list[int]:
    """The literal counts given to ``thorough`` in a test file."""
    return [
        node.args[0].value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "thorough"
        if node.args and isinstance(node.args[0], ast.Constant)
    ]


def test_there_are_enough() -> None:
    found = {file: sum(counts(file)) for file in CHECKOUT.glob("*/**/tests/**/*.py") if "thorough(" in file.read_text()}
    asked = {str(file.relative_to(CHECKOUT)): count for file, count in found.items() if count}
    departments = {name.split("/")[1] for name in asked if name.startswith("services/")}
    assert departments == {"identity", "housing", "transport"}
    assert sum(asked.values()) >= EVERY_RUN, asked
    assert sum(asked.values()) * TIMES >= LONG_RUN
