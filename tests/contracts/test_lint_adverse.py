"""The lint on what is done to people: each rule finds the defect that it is for, planted into the guest department health."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from onewindow_contracts.documents import Documents
from onewindow_contracts.lint import adverse, lint
from onewindow_contracts.lint.findings import Finding
from onewindow_contracts.lint.world import World
from onewindow_contracts.loader import HOME
from onewindow_local.instance import CHECKOUT

BASES, API = "bases/health-commission.yaml", "openapi/health.v1.yaml"
PURPOSE = "purposes/health-commission.register.yaml"
PLANTED = [
    ("legal-basis", BASES, "authority: health-commission", "authority: title-registry"),
    ("legal-basis", BASES, "id: health-commission.risk-area", "id: title-registry.risk-area"),
    ("legal-basis", BASES, "purpose: health-commission.register", "purpose: title-registry.register"),
    ("legal-basis", BASES, "purpose: health-commission.register", "purpose: health-commission.unknown"),
    ("legal-basis", BASES, "[health.visit.v1, identity.stay.v1]", "[health.visit.v1, health.heartbeat.v1]"),
    ("legal-basis", BASES, "[health.visit.v1, identity.stay.v1]", "[]"),
    ("legal-basis", BASES, "acts: [code-restricted]", "acts: [code-erased]"),
    ("legal-basis", BASES, "valid_until: null", "valid_until: 2019-01-01"),
    ("legal-basis", PURPOSE, "adverse: {subjects_per_day: 200}\n", ""),
    ("adverse-operation", API, "x-adverse: restrictive", "x-adverse: harsh"),
    ("adverse-operation", API, "required: [colour, reason, grounds]", "required: [colour, reason]"),
    ("adverse-operation", API, "required: [colour, reason, grounds]", "required: [colour, grounds]"),
    ("adverse-operation", API, "$defs/AdverseGroundsOfMany", "$defs/AdverseUndoing"),
    ("adverse-operation", API, ", evidence-not-confirmed]", "]"),
]


@pytest.fixture
def health(tmp_path: Path) -> Path:
    """The guest department's contracts, to plant defects in."""
    return shutil.copytree(CHECKOUT / "tests/contracts/health", tmp_path / "health")


def of_adverse_acts(health: Path) -> list[Finding]:
    """What the rules on adverse acts alone say: a whole lint for each defect would take its time."""
    world = World(Documents([HOME, health]))
    return [*adverse.bases_are_sound(world), *adverse.adverse_operations_carry_grounds(world)]


def test_the_guest_is_sound_before_anything_is_planted(health: Path) -> None:
    assert [found for found in lint([HOME, health]) if found.file.is_relative_to(health)] == []


@pytest.mark.parametrize(("rule", "file", "old", "new"), PLANTED)
def test_a_planted_defect_is_found_and_explained(health: Path, rule: str, file: str, old: str, new: str) -> None:
    written = health / file
    text = written.read_text("utf-8")
    assert old in text, "the defect cannot be planted: the sample has changed"
    written.write_text(text.replace(old, new, 1), "utf-8")
    found = [each for each in of_adverse_acts(health) if each.rule == rule and each.file.is_relative_to(health)]
    assert found and all(each.missing and each.why and each.mend for each in found)
