"""Divisions come and go: a day of the past has its own, a number keeps its prefix for life, no identifier holds a code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from identity.domain.problems import UnknownDivision
from identity.domain.schemes import CitizenNumber
from identity.service.rules import Rules
from onewindow_contracts.documents import parse
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint import lint
from onewindow_contracts.loader import HOME, load

DIVISIONS = load([HOME]).codelists["divisions"]
BEFORE, AFTER = date(2021, 4, 8), date(2021, 4, 9)


@pytest.mark.rule("domain-31")
@pytest.mark.parametrize("code", ["330103", "330104"])
def test_a_division_is_known_until_it_was_given_up_and_names_who_followed(code: str) -> None:
    rules = Rules(load([HOME]), "demo.population-office")
    rules.own_district(code, BEFORE)
    with pytest.raises(UnknownDivision):
        rules.own_district(code, AFTER)
    followers = DIVISIONS.codes[code].successors
    assert followers
    for follower in followers:
        rules.own_district(follower, AFTER)


@pytest.mark.rule("domain-6", "domain-31")
def test_a_number_with_an_abolished_prefix_stays_valid_for_life() -> None:
    scheme = CitizenNumber()
    number = scheme.compose("330103", date(1990, 2, 3), 11)
    assert number.startswith("330103")
    assert scheme.normalise(number) == number
    assert scheme.facts(number).birth_date == date(1990, 2, 3)


@pytest.mark.rule("domain-31")
def test_no_identifier_holds_a_divisions_code() -> None:
    schemas = parse(HOME / "openapi/common.v1.yaml")["components"]["schemas"]
    urn, pseudonym = re.compile(schemas["Urn"]["pattern"]), re.compile(schemas["Pseudonym"]["pattern"])
    for code in ("330106", "110101", "990000"):
        assert not urn.fullmatch(f"urn:onewindow:demo.title-registry:title:{code}{'a' * 16}")
        assert not pseudonym.fullmatch(f"housing.1.{code}{'a' * 16}")
    assert not [a.id for a in load([HOME]).authorities.values() if a.division in a.id]


@pytest.mark.parametrize(
    "old, new, what",
    [
        ("extends: divisions", "extends: provinces", "no code list provinces"),
        ("code: '330103'", "code: '330106'", "has 330106 already"),
        ("successors: ['330105']", "successors: ['330199']", "no 330199 to follow"),
        ("successors: ['330105']", "follows: ['330105']", "unknown keys"),
    ],
)
def test_a_wrong_list_of_former_ones_is_refused_and_found(parks: Path, old: str, new: str, what: str) -> None:
    file = parks / "codelists/divisions.former.yaml"
    file.write_text((HOME / "codelists/divisions.former.yaml").read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ContractError, match=what):
        _ = load([parks]).codelists
    assert [(f.rule, f.file) for f in lint([parks])] == [("unreadable", file)]
