"""Numbers in a department's rules: a term, a rate, a limit or a day that the law sets belongs to a dated parameter.

Looked at are ``domain`` and ``service``. What is no rule (a code's length, a batch) says so at the end of its line or of
its statement: ``# not a rule: <reason>``; such a comment that excuses nothing is a finding too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from onewindow_contracts.lint.code.sources import Source
from onewindow_contracts.lint.findings import Finding, Findings

LAYERS = ("domain", "service")
ALLOWED = "not a rule:"
HARMLESS = 2  # nothing, one, a pair: too common to mean a rule
EXACT = ("Fraction", "Decimal")
SPANS = {"days": 1, "weeks": 0, "months": 0, "years": 0}  # harmless as such an argument: the next day is no term
WHY = "a change of the rule must be a change of data, and an old case is judged by the rule of its day"
MEND = "make it a dated parameter in contracts/parameters and ask for it as of the case's day; or '# not a rule: …'"


@dataclass(frozen=True)
class Number:
    """A literal that looks like a rule, and the lines on which a comment may excuse it."""

    line: int
    text: str
    excused_on: frozenset[int]


def numbers_in_code(source: Source) -> Findings:
    """One finding a line."""
    if source.layer not in LAYERS:
        return
    excuses = {line for line, text in source.comments.items() if text.startswith(ALLOWED)}
    used: set[int] = set()
    found: dict[int, list[str]] = {}
    for number in numbers(source.tree):
        if lines := number.excused_on & excuses:
            used |= lines
        else:
            found.setdefault(number.line, []).append(number.text)
    for line, texts in sorted(found.items()):
        missing = f"the number {', '.join(dict.fromkeys(texts))} looks like a rule"
        yield Finding(source.file, f":{line}", "number-in-code", missing, WHY, MEND)
    for line in sorted(excuses):
        if line not in used:
            missing, why = "'not a rule' excuses no number here", "the next number on this line would go unseen"
            yield Finding(source.file, f":{line}", "number-in-code", missing, why, "remove the comment")
        elif not source.comments[line].removeprefix(ALLOWED).strip():
            missing, why = "'not a rule' without a reason", "the next reader cannot judge it"
            yield Finding(source.file, f":{line}", "number-in-code", missing, why, "say what the number is")


def numbers(tree: ast.Module) -> Iterator[Number]:
    """Every literal of ``tree`` that looks like a rule."""
    yield from _walk(tree, frozenset(), HARMLESS)


def _walk(node: ast.AST, lines: frozenset[int], harmless: float) -> Iterator[Number]:
    match node:
        case ast.Constant(value=bool() | str() | bytes() | None):
            return
        case ast.Constant(value=int() | float() as value):
            if abs(value) > harmless or (isinstance(value, float) and value not in (0, 1)):
                yield Number(node.lineno, ast.unparse(node), lines | {node.lineno, node.end_lineno or node.lineno})
            return
        case ast.Subscript():  # positions and slices; the thing itself is looked at
            yield from _walk(node.value, lines, HARMLESS)
            return
        case ast.AnnAssign(value=None) | ast.arg():
            return
        case ast.Assign(targets=[target]) if _names(target) & {"status"}:
            return  # a problem's HTTP status
        case ast.Compare() if any(_is_length(side) for side in (node.left, *node.comparators)):
            return  # the form of a code
        case ast.Call(func=function) if _called(function) in EXACT and (text := _exact(node)):
            yield Number(node.lineno, text, lines | {node.lineno, node.end_lineno or node.lineno})
            return
    if isinstance(node, ast.stmt):
        lines = _lines(node)
    given = _span(_called(node.func)) if isinstance(node, ast.Call) else HARMLESS
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword):
            yield from _walk(child.value, lines, min(given, _span(child.arg or "")))
        else:
            yield from _walk(child, lines, given)


def _span(name: str) -> int:
    """What is harmless as the argument called ``name``, or given to a function of that name (``months_after``)."""
    return min((SPANS[word] for word in name.lower().split("_") if word in SPANS), default=HARMLESS)


def _lines(statement: ast.stmt) -> frozenset[int]:
    """Where a comment speaks for a whole statement: at its first and last line, if it has no statements inside."""
    if any(isinstance(child, ast.stmt) for child in ast.iter_child_nodes(statement)):
        return frozenset()
    return frozenset({statement.lineno, statement.end_lineno or statement.lineno})


def _names(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _is_length(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _called(node.func) == "len"


def _called(function: ast.AST) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _exact(call: ast.Call) -> str:
    """How a Fraction or Decimal of literals is written; empty when it is made of something else, or is 0 or 1."""
    values = [a.value for a in call.args if isinstance(a, ast.Constant)]
    if not values or len(values) != len(call.args) or "/".join(map(str, values)) in ("0", "1"):
        return ""
    return ast.unparse(call)
