"""docs/rules.md is what rules, parameters and tests say; every number belongs to a rule, and every mark names one."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from onewindow_contracts.errors import ContractError
from onewindow_contracts.loader import HOME, load
from onewindow_contracts.rules import Marked, marks, placed, rules

CHECKOUT = HOME.parent
KNOWN = rules(HOME / "rules.yaml")


@pytest.fixture(scope="module")
def generator() -> dict[str, Any]:
    return runpy.run_path(str(CHECKOUT / "docs/rules.py"))


def test_the_page_is_what_they_say(generator: dict[str, Any]) -> None:
    assert (CHECKOUT / "docs/rules.md").read_text("utf-8") == generator["page"](), "run: python docs/rules.py"


def test_every_parameter_belongs_to_a_rule() -> None:
    assert [p.name for p in placed(KNOWN, load([HOME]).parameters)[""]] == [], "add its pattern to contracts/rules.yaml"


def test_the_rules_are_all_there_and_named_once() -> None:
    assert [rule.id for rule in KNOWN if rule.id.startswith("domain-")] == [f"domain-{n}" for n in range(1, 32)]
    assert len({rule.id for rule in KNOWN}) == len(KNOWN)
    assert all(rule.norm and all(rule.text.values()) for rule in KNOWN)


def test_every_rule_and_every_number_is_held_by_a_test(generator: dict[str, Any]) -> None:
    assert generator["missing"]() == [], "mark the test that holds it: @pytest.mark.rule(…)"


def test_marks_name_rules_that_exist() -> None:
    exist = {rule.id for rule in KNOWN} | load([HOME]).parameters.keys()
    strays = {name: [str(test) for test in tests] for name, tests in marks(CHECKOUT).items() if name not in exist}
    assert strays == {}


MARKED = """
import pytest

pytestmark = [pytest.mark.rule("domain-20"), pytest.mark.slow]
LEDGER = pytest.mark.rule("housing.fund-rate-minimum")

@pytest.mark.rule("domain-1", "domain-2")
async def test_two(): ...

@LEDGER
def test_named(): ...

@pytest.mark.parametrize("a", [pytest.param(1, marks=pytest.mark.rule("domain-3"))])
def test_in_a_set(a): ...

class TestAll:
    pytestmark = pytest.mark.rule("domain-4")

    @pytest.mark.rule("domain-5")
    def test_inside(self): ...

TestMachine = pytest.mark.rule("domain-6")(Machine.TestCase)

@pytest.mark.other("domain-7")
def test_other(): ...
"""


def test_marks_are_found_wherever_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "services/parks/tests/deep/test_rent.py"
    file.parent.mkdir(parents=True)
    file.write_text(MARKED, "utf-8")
    here = "services/parks/tests/deep/test_rent.py"
    assert marks(tmp_path) == {
        "domain-1": [Marked(here, "test_two")],
        "domain-2": [Marked(here, "test_two")],
        "domain-20": [Marked(here, "")],
        "domain-3": [Marked(here, "test_in_a_set")],
        "domain-4": [Marked(here, "TestAll")],
        "domain-5": [Marked(here, "TestAll::test_inside")],
        "domain-6": [Marked(here, "TestMachine")],
        "housing.fund-rate-minimum": [Marked(here, "test_named")],
    }


def test_a_wrong_rules_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("rules:\n  - {id: domain-1, department: identity, norm: n, text: {zh: a, en: b}, by: x}\n", "utf-8")
    with pytest.raises(ContractError, match="parameters: is missing"):
        rules(file)
