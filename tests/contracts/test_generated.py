"""Generated files: committed ones are what the contracts say; drift is seen; the models are strict."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest
from onewindow_contracts import asyncapi, generate
from onewindow_contracts.commands import app
from onewindow_contracts.common import Contract
from onewindow_contracts.documents import parse
from onewindow_contracts.loader import HOME, load
from onewindow_contracts.validation import validator
from pydantic import ValidationError
from typer.testing import CliRunner


def test_the_committed_models_and_events_are_what_the_contracts_say() -> None:
    shown = CliRunner().invoke(app, ["check"])
    assert shown.exit_code == 0, shown.output


def test_generated_files_say_so_on_line_one() -> None:
    files = [file for file in generate.MODELS.rglob("*.py") if file.name != "__init__.py"]
    assert files
    for file in [*files, asyncapi.FILE]:
        assert "do not edit" in file.read_text("utf-8").splitlines()[0], file


@pytest.mark.parametrize("file", sorted(generate.existing()), ids=str)
def test_every_model_can_be_imported_and_is_closed(file: Path) -> None:
    module = importlib.import_module(f"{generate.PACKAGE}.{'.'.join(file.with_suffix('').parts)}")
    models = [m for m in vars(module).values() if isinstance(m, type) and issubclass(m, Contract) and m is not Contract]
    assert models


def test_drift_is_seen_and_ends_in_exit_code_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "models"
    shutil.copytree(generate.MODELS, models)
    events = tmp_path / "asyncapi.yaml"
    shutil.copy(asyncapi.FILE, events)
    monkeypatch.setattr(generate, "MODELS", models)
    monkeypatch.setattr(asyncapi, "FILE", events)
    assert CliRunner().invoke(app, ["check"]).exit_code == 0

    edited = models / "records/housing_title.py"
    edited.write_text(edited.read_text("utf-8").replace("Day,", "Day, ", 1), "utf-8")
    (models / "records/housing_ghost.py").write_text("# nobody's\n", "utf-8")
    events.write_text(events.read_text("utf-8").replace("partitions: 4", "partitions: 5", 1), "utf-8")
    shown = CliRunner().invoke(app, ["check"])
    assert shown.exit_code == 1
    for name in ("models/records/housing_title.py", "models/records/housing_ghost.py", "asyncapi.yaml"):
        assert name in shown.output

    assert CliRunner().invoke(app, ["generate"]).exit_code == 0
    assert CliRunner().invoke(app, ["check"]).exit_code == 0
    assert not (models / "records/housing_ghost.py").exists()


def test_a_record_answer_inherits_the_shared_envelope(parks: Path) -> None:
    made, failed = generate.generate("parks", parks)
    assert not failed
    assert "class AllotmentRecord(Envelope):" in made[Path("parks.py")]
    assert "from onewindow_contracts.models.records.parks_allotment import" in made[Path("parks.py")]
    assert "note: Line | None" in made[Path("records/parks_allotment.py")]


def test_a_contract_that_cannot_be_generated_is_named(parks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = parks / "openapi/parks.v1.yaml"
    text = file.read_text("utf-8").replace(
        "properties:\n        holder:", "properties:\n        size:\n        holder:"
    )
    file.write_text(text, "utf-8")
    made, failed = generate.generate("parks", parks)
    assert [error.file for error in failed] == [file]
    assert Path("records/parks_allotment.py") in made


def test_a_generated_model_and_the_schema_refuse_the_same_bodies() -> None:
    contracts = load([HOME])
    for name, topic in contracts.topics.items():
        if topic.kind != "record":
            continue
        folder = str(topic.schema).partition("#")[0].split("/")[-2]  # a department's, or the shared one
        module = f"{generate.PACKAGE}.records.{folder}_{str(topic.record_type).replace('-', '_')}"
        if "common.v1.yaml" in str(topic.schema):
            module = Contract.__module__
        model = getattr(importlib.import_module(module), str(topic.schema).rpartition("/")[2])
        check = validator(contracts.body_schema(name))
        for file in sorted((HOME / "examples" / name).glob("*.json")):
            body = parse(file)["body"]
            model.model_validate(body)
            assert check.is_valid(body)
            required = contracts.body_schema(name)["$defs"][model.__name__]["required"]
            for key in body:
                without = {k: v for k, v in body.items() if k != key}
                for wrong in (body | {key: "\x00"}, body | {key: {"a": 1}}, *([without] if key in required else [])):
                    assert not check.is_valid(wrong), (name, key, wrong.get(key))
                    with pytest.raises(ValidationError):
                        model.model_validate(wrong)
                if key not in required:  # a field that was added later
                    assert check.is_valid(without)
                    model.model_validate(without)
