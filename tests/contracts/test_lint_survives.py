"""Whatever somebody writes into a contract, the lint answers with findings: it never falls over."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onewindow_contracts.documents import parse
from onewindow_contracts.lint import lint
from onewindow_contracts.loader import HOME

from .conftest import PARKS, SHARED

JUNK: list[Any] = [
    None,
    [],
    {},
    "",
    "x",
    3,
    -1.5,
    True,
    [None],
    {"$ref": "#/nowhere"},
    {"": 1},
    "#/components/schemas/Urn",
]
FILES = sorted(str(f.relative_to(PARKS)) for f in PARKS.rglob("*") if f.suffix in (".yaml", ".json"))


@pytest.fixture(scope="module")
def folder() -> Any:
    with tempfile.TemporaryDirectory() as scratch:
        copied = Path(scratch) / "contracts"
        shutil.copytree(PARKS, copied)
        for name in SHARED:
            shutil.copy(HOME / name, copied / name)
        yield copied


def places(node: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [steps, *(place for key, value in inner for place in places(value, (*steps, key)))]


def replaced(document: Any, steps: tuple[Any, ...], value: Any) -> Any:
    if not steps:
        return value
    copied = copy.deepcopy(document)
    node = copied
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = value
    return copied


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_junk_anywhere_is_a_finding_or_harmless(folder: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(FILES))
    document = parse(PARKS / name)
    steps = data.draw(st.sampled_from(places(document)))
    junk = data.draw(st.sampled_from(JUNK))
    file = folder / name
    changed = replaced(document, steps, junk)
    text = json.dumps(changed) if file.suffix == ".json" else yaml.safe_dump(changed, allow_unicode=True)
    file.write_text(text, "utf-8")
    try:
        found = lint([folder])
    finally:
        shutil.copy(PARKS / name, file)
    assert all(f.missing and f.why and f.mend for f in found)
    if not steps:
        assert found, "a whole file of junk is never harmless"


@pytest.mark.parametrize(
    "text", ["", "- a", "a: b: c", "\t", "a: &x [*x]", "!!python/object:os.system {}", "a: *nothing"]
)
def test_a_file_that_is_no_contract_is_a_finding(folder: Path, text: str) -> None:
    for name in FILES:
        file = folder / name
        file.write_text(text, "utf-8")
        try:
            assert lint([folder]), name
        finally:
            shutil.copy(PARKS / name, file)


def test_bytes_that_are_no_text_are_a_finding(folder: Path) -> None:
    file = folder / FILES[0]
    file.write_bytes("园".encode("gb18030"))
    try:
        assert [f.rule for f in lint([folder]) if f.file == file] == ["unreadable"]
    finally:
        shutil.copy(PARKS / FILES[0], file)
