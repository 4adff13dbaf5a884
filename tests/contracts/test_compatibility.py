"""What users of earlier contracts would lose is found: old records, requests, answers, and rules of days gone by."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from onewindow_contracts.commands import app
from onewindow_contracts.compatibility import losses, told
from onewindow_contracts.compatibility.earlier import earlier
from onewindow_contracts.compatibility.numbers import numbers
from onewindow_contracts.loader import HOME, load
from typer.testing import CliRunner

API, RECORD, TOPIC = "openapi/parks.v1.yaml", "records/parks/allotment.v1.json", "topics/parks.allotment.v1.yaml"
PARAMETERS, COMMON = "parameters/parks.yaml", "openapi/common.v1.yaml"
NOTE = '"anyOf": [{"$ref": "../../openapi/common.v1.yaml#/components/schemas/Line"}, {"type": "null"}]'
GRANT = "required: [holder, plot]\n      properties:\n"
SIZE = "        size: {type: integer, minimum: 1, maximum: 9}\n"
LOST = [
    (RECORD, '["plot", "kind", "rent_fen", "note"]', '["plot", "kind", "rent_fen", "note", "sun"]', "/sun: is now required"),
    (RECORD, '"maxLength": 6', '"maxLength": 5', "no longer goes to 6, maxLength is 5"),
    (RECORD, "^[A-Z][0-9]{1,5}$", "^[A-F][0-9]{1,5}$", "allotment.v1/plot: another pattern"),
    (RECORD, NOTE, '"$ref": "../../openapi/common.v1.yaml#/components/schemas/Line"', "/note: no longer takes null"),
    (RECORD, NOTE, '"type": ["integer", "null"]', "/note: no longer takes string"),
    (RECORD, '"sensitivity": "restricted"', '"sensitivity": "internal"', "/rent_fen: was restricted, is only internal"),
    (RECORD, '"strategy": "remove"', '"strategy": "none"', "/note: was masked, is shown in full"),
    (RECORD, '"x-visible-to": ["holder"],', "", "/rent_fen: is now seen by every subject"),
    (RECORD, '"x-visible-to": ["holder"]', '"x-visible-to": ["holder", "lender"]', "/rent_fen: is now seen by lender"),
    (RECORD, '"rent_fen": {', '"rent": {', "/rent_fen: is no longer known"),
    (TOPIC, "partitions: 4", "partitions: 8", "4 partitions became 8"),
    (TOPIC, "consumers: [gateway]", "consumers: []", "gateway no longer gets its key"),
    (TOPIC, "topic: parks.allotment.v1", "topic: parks.allotment.v2", "parks.allotment.v1: the topic is gone"),
    (API, "operationId: endAllotment", "operationId: giveBack", "is now called giveBack"),
    (API, "  /v1/allotments:\n    post", "  /v1/allotments:\n    put", "grantAllotment: POST /v1/allotments is gone"),
    (API, "[agency:parks-office, citizen]", "[agency:parks-office]", "endAllotment: is closed to citizen"),
    (API, "      x-citizen-command: true\n", "", "endAllotment: is no longer relayed for citizens"),
    (API, "'204': {description: Given back.}", "'202': {description: Soon.}", "endAllotment: no longer answers 204"),
    (API, GRANT, GRANT.replace("plot]", "plot, size]") + SIZE, "grantAllotment body/size: is now required"),
    (API, "schema: {$ref: '#/components/schemas/AllotmentRecord'}", "schema: {type: string}", "may now be string"),
    (API, "required: [holder, plot]", "required: [holder, plot]\n      minProperties: 3", "minProperties is 3"),
    (API, "          application/json:\n            schema: {$ref: '#/components/schemas/GrantAllotment'}",
     "          application/xml: {}", "no longer takes application/json"),
    (API, "    status: 409\n    title: {zh: 该地块", "    status: 403\n    title: {zh: 该地块", "allotment-taken has another status"),
    (PARAMETERS, "value: 60", "value: 45", "parks.notice-days: on 2020-01-01 it was 60, now it says 45"),
    (PARAMETERS, "name: parks.notice-days", "name: parks.notice", "parks.notice-days: the parameter is gone"),
    (PARAMETERS, "2020-01-01, until: 2026", "2021-01-01, until: 2026", "on 2020-01-01 it was 60, now it says nothing"),
]  # fmt: skip
KEPT = [
    (RECORD, '"x-visible-to": ["holder"]', '"x-visible-to": []'),
    (RECORD, '"Plot": {', '"Size": {"type": "integer"},\n    "Plot": {'),
    (TOPIC, "consumers: [gateway]", "consumers: [gateway, identity]"),
    (API, "x-access: [agency:parks-office]", "x-access: [agency, citizen]"),
    (API, GRANT, GRANT + SIZE),
    (API, "required: [holder, plot]", "required: [holder]"),
    (API, "      operationId: grantAllotment", "      operationId: grantAllotment\n      description: More of it."),
]  # fmt: skip


@pytest.fixture
def changed(parks: Path, tmp_path: Path) -> Path:
    """The sample department once more, to be changed while ``parks`` stays as it was."""
    return Path(shutil.copytree(parks, tmp_path / "changed"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text, "the change cannot be made: the sample is another"
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(("file", "old", "new", "told"), LOST, ids=[told for *_, told in LOST])
def test_a_broken_promise_is_named(parks: Path, changed: Path, file: str, old: str, new: str, told: str) -> None:
    change(changed, file, old, new)
    found = losses(load([parks]), load([changed]))
    assert any(told in line for line in found), found


@pytest.mark.parametrize(("file", "old", "new"), KEPT)
def test_what_old_users_do_not_feel_is_no_break(parks: Path, changed: Path, file: str, old: str, new: str) -> None:
    change(changed, file, old, new)
    assert losses(load([parks]), load([changed])) == []


def test_an_answer_may_gain_but_not_lose_or_surprise(parks: Path, changed: Path) -> None:
    answer = "body: {$ref: '../records/parks/allotment.v1.json#/$defs/Allotment', x-data-classification: *own}"
    change(parks, API, answer, f"{answer}\n            note: {{type: [string, 'null'], enum: [a, b, null]}}")
    change(changed, API, answer, f"{answer}\n            note: {{type: [string, 'null'], enum: [a, b, c, null]}}")
    assert losses(load([parks]), load([changed])) == []
    change(changed, API, "enum: [a, b, c, null]", "maxLength: 3")
    change(changed, API, "note:", "word:")
    assert losses(load([parks]), load([changed])) == ["parks grantAllotment 201/note: is no longer answered"]


def test_what_is_announced_for_later_may_still_change(parks: Path, changed: Path) -> None:
    change(changed, PARAMETERS, "value: 30", "value: 20")
    before, after = load([parks]), load([changed])
    assert list(numbers(before, after, date(2025, 12, 31))) == []
    assert list(numbers(before, after, date(2026, 1, 1))) == [
        "parks.notice-days: on 2026-01-01 it was 30, now it says 20"
    ]


def test_a_change_at_many_places_is_told_once() -> None:
    lost = [f"housing op{n} 200/subjects[]/pseudonym: another pattern" for n in range(9)]
    assert list(told([*lost, "housing op1 body/urn: another pattern"])) == [
        *lost[:3],
        "    and so at 6 more places",
        "housing op1 body/urn: another pattern",
    ]


def test_the_command_compares_with_a_folder_or_a_revision(
    parks: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEWINDOW_CONTRACTS", str(changed))
    assert CliRunner().invoke(app, ["compare", str(parks)]).exit_code == 0
    change(changed, TOPIC, "partitions: 4", "partitions: 8")
    shown = CliRunner().invoke(app, ["compare", str(parks)])
    assert shown.exit_code == 1 and "4 partitions became 8" in shown.output
    nothing = CliRunner().invoke(app, ["compare", "no-such-revision"])
    assert nothing.exit_code == 1 and "neither a folder" in nothing.output


@pytest.mark.skipif(not (HOME.parent / ".git").exists(), reason="not a repository")
def test_a_revision_is_read_as_it_was() -> None:
    with earlier("HEAD") as contracts:
        assert {"identity", "housing", "transport", "gateway"} <= set(contracts.departments)
        assert contracts.folders != (HOME,)


def test_these_contracts_keep_their_own_promises() -> None:
    assert losses(load([HOME]), load([HOME])) == []
