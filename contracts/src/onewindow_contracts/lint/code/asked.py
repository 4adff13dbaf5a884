"""Whether code asks for every parameter, and only for those that exist."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from onewindow_contracts.entries import Parameter
from onewindow_contracts.lint.code.sources import Source
from onewindow_contracts.lint.findings import Finding, Findings

ASKING = ("parameter", "value")  # how functions are called that take a parameter's name


def parameters_are_asked_for(sources: Iterable[Source], parameters: Mapping[str, Parameter]) -> Findings:
    """A parameter counts as asked for where its whole name stands, or its name within the department in such a call."""
    asked: dict[str, set[str]] = {}
    for source in sources:
        names = asked.setdefault(source.department, set())
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in parameters:
                names.add(node.value)
            elif isinstance(node, ast.Call) and (given := _given(node)):
                within = f"{source.department}.{given}"
                if {given, within} & parameters.keys():
                    names.add(within)
                elif isinstance(node.func, ast.Attribute) and node.func.attr == "parameter":
                    missing, why = f"there is no parameter {given}", "asking for it is a failure of the service"
                    mend = "mend the name, or add the parameter"
                    yield Finding(source.file, f":{node.lineno}", "parameter-unknown", missing, why, mend)
    for parameter in parameters.values():
        department = parameter.name.partition(".")[0]
        if department in asked and parameter.name not in asked[department]:
            missing, why = f"{parameter.name} is asked for nowhere", "changing it would change nothing"
            mend = "ask for it by its literal name where the rule applies, or remove it"
            yield Finding(parameter.file, "/parameters", "parameter-unused", missing, why, mend)


def _given(call: ast.Call) -> str:
    """The literal first argument of a call that asks for a value."""
    match call:
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str() as given), *_]
        ) if name.strip("_") in ASKING:
            return given
    return ""
