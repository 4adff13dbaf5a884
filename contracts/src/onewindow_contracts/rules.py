"""What the departments hold to: ``contracts/rules.yaml``, the parameters of each rule, and the tests that hold it.

Tests say so by ``@pytest.mark.rule("<parameter>")`` or ``("domain-N")``; the marks are read, no test is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from onewindow_contracts.documents import parse
from onewindow_contracts.entries import Label, Parameter
from onewindow_contracts.fields import Fields

TESTS = ("services/*/tests", "kit/tests", "gateway/tests", "tests", "deploy/local/tests")


@dataclass(frozen=True, slots=True)
class Rule:
    """``department`` is `all` for what every one holds to; ``parameters`` are patterns of names."""

    id: str
    department: str
    text: Label
    norm: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """A test, or a class of them, in ``file`` (inside the checkout); ``name`` is empty when the whole file is meant."""

    file: str
    name: str


def rules(file: Path) -> tuple[Rule, ...]:
    """The rules in their order; ContractError for a missing or unknown key."""
    f = Fields(parse(file), file)
    found = []
    for r in f.items("rules"):
        norm, department = r.take("norm", str), r.take("department", str)
        found.append(Rule(r.take("id", str), department, r.label("text"), norm, r.names("parameters")))
        r.close()
    f.close()
    return tuple(found)


def placed(rules: tuple[Rule, ...], parameters: Mapping[str, Parameter]) -> dict[str, list[Parameter]]:
    """The parameters of each rule, and under "" those that no rule names."""
    found: dict[str, list[Parameter]] = {rule.id: [] for rule in rules} | {"": []}
    for parameter in parameters.values():
        names = (r.id for r in rules if any(fnmatchcase(parameter.name, pattern) for pattern in r.parameters))
        found[next(names, "")].append(parameter)
    return found


def marks(checkout: Path) -> dict[str, list[Marked]]:
    """The tests of each name that a mark names, in a stable order."""
    found: dict[str, set[Marked]] = {}
    for pattern in TESTS:
        for folder in checkout.glob(pattern):
            for file in folder.rglob("*.py"):
                text = file.read_text(encoding="utf-8")
                if "mark.rule" not in text:
                    continue
                for rule, name in _marked(ast.parse(text)):
                    found.setdefault(rule, set()).add(Marked(str(file.relative_to(checkout)), name))
    return {rule: sorted(tests) for rule, tests in sorted(found.items())}


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Pairs of a rule and the test that is marked with it: decorators, `pytestmark`, marks of parameter sets."""
    named = dict(_named(tree))
    for statement in tree.body:
        yield from _of(statement, named, ())


def _named(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Marks that a module gives a name to be used as decorator: ``LEDGER = pytest.mark.rule("…")``."""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if name != "pytestmark":
                if rules := _rules(call):
                    yield name, rules


def _of(statement: ast.stmt, named: Mapping[str, list[str]], inside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            owner = "::".join((*inside, name))
            for decorator in statement.decorator_list:
                for node in ast.walk(decorator):
                    yield from ((rule, owner) for rule in _rules(node) or _used(node, named))
            if isinstance(statement, ast.ClassDef):
                for inner in statement.body:
                    yield from _of(inner, named, (*inside, name))
        case ast.Assign(targets=[ast.Name(id="pytestmark")], value=value):
            for node in ast.walk(value):
                yield from ((rule, "::".join(inside)) for rule in _rules(node) or _used(node, named))
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Call() as mark)):
            yield from ((rule, "::".join((*inside, name))) for rule in _rules(mark))


def _rules(node: ast.AST) -> list[str]:
    """The names in ``pytest.mark.rule("…", …)``; none for anything else."""
    match node:
        case ast.Call(func=ast.Attribute(attr="rule", value=ast.Attribute(attr="mark")), args=args):
            return [a.value for a in args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return []


def _used(node: ast.AST, named: Mapping[str, list[str]]) -> list[str]:
    return named.get(node.id, []) if isinstance(node, ast.Name) else []
