"""The lint: this repository is sound, and each rule finds the defect that it is for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from onewindow_contracts.commands import app
from onewindow_contracts.lint import lint
from onewindow_contracts.loader import HOME
from typer.testing import CliRunner

API, RECORD, TOPIC = "openapi/parks.v1.yaml", "records/parks/allotment.v1.json", "topics/parks.allotment.v1.yaml"
EXAMPLE, PURPOSE = "examples/parks.allotment.v1/vegetables.json", "purposes/parks-office.rent.yaml"
REGISTER, EXPIRY = "purposes/parks-office.register.yaml", "valid_until: 2028-12-31"
EMERGENCY = "emergency: {act: 演示, deletion: {within_days: 30, proof: {zh: 销毁证明, en: A certificate}}}"
UNPROVEN = "emergency: {act: 演示, deletion: {within_days: 30, proof: {zh: ' ', en: ' '}}}"
PARAMETERS, KINDS, OFFICE = "parameters/parks.yaml", "codelists/parks.kinds.yaml", "authorities/demo-parks.yaml"
MOST = '"maxLength": 6,\n      "pattern": "^[A-Z][0-9]'
OPEN_NOTE = '"anyOf": [{"$ref": "../../openapi/common.v1.yaml#/components/schemas/Line"}, {"type": "null"}]'


@dataclass(frozen=True)
class Planted:
    """In ``file``, ``old`` becomes ``new``; the lint must say ``rule`` at a place that holds ``at``."""

    rule: str
    file: str
    old: str
    new: str
    at: str = ""

    def __str__(self) -> str:
        return f"{self.rule}:{self.file}:{self.new[:30]}"


PLANTED = [
    # classes
    Planted(
        "class-missing", API, ", x-data-classification: *own}\n    AllotmentRecord", "}\n    AllotmentRecord", "/plot"
    ),
    Planted("class-category", RECORD, '"category": "financial"', '"category": "money"', "/rent_fen"),
    Planted("class-sensitivity", RECORD, '"sensitivity": "restricted"', '"sensitivity": "secret"', "/rent_fen"),
    Planted("class-masking", RECORD, '"strategy": "remove"', '"strategy": "blur"', "/note"),
    Planted("class-masking", RECORD, '"keep": 1', '"keep": "one"', "/plot"),
    Planted("class-masking", RECORD, '"strategy": "remove"', '"strategy": "regex", "pattern": "a"', "/note"),
    Planted("class-shape", RECORD, '"masking": {"strategy": "remove"}', '"mask": "remove"', "/note"),
    Planted("class-unmasked", RECORD, '"strategy": "remove"', '"strategy": "none"', "/note"),
    Planted("class-hash", RECORD, '"strategy": "partial", "keep": 1', '"strategy": "hash"', "/plot"),
    Planted(
        "class-hash",
        RECORD,
        '"PII", "sensitivity": "confidential", "masking": {"strategy": "remove"}',
        '"government-id", "sensitivity": "confidential", "masking": {"strategy": "hash"}',
        "/note",
    ),
    # shapes
    Planted("object-open", RECORD, '      "additionalProperties": false,\n', "", "/Allotment"),
    Planted("text-unbounded", RECORD, MOST + "{1,5}", '"pattern": "^[A-Z][0-9]+', "/Plot"),
    Planted("text-unchecked", RECORD, '"pattern": "^[A-Z][0-9]{1,5}$",', "", "/Plot"),
    Planted("text-unchecked", RECORD, "^[A-Z][0-9]{1,5}$", "^.*$", "/Plot"),
    Planted("pattern-broken", RECORD, "^[A-Z][0-9]{1,5}$", "^[A-Z$", "/Plot"),
    Planted(
        "array-unbounded", RECORD, OPEN_NOTE, '"type": ["array", "null"], "items": {"$ref": "#/$defs/Plot"}', "/note"
    ),
    Planted("integer-unbounded", RECORD, OPEN_NOTE, '"type": ["integer", "null"], "minimum": 0', "/note"),
    Planted("const-untyped", RECORD, OPEN_NOTE, '"const": "none"', "/note"),
    Planted(
        "discriminator-unmapped",
        API,
        "description: The envelope with",
        "discriminator: {propertyName: plot}\n      description: The envelope with",
    ),
    Planted("format-unknown", RECORD, '"maxLength": 6,', '"maxLength": 6, "format": "plot",', "/Plot"),
    Planted(
        "optional-not-nullable", RECORD, '["plot", "kind", "rent_fen", "note"]', '["plot", "rent_fen", "note"]', "/kind"
    ),
    Planted("reference-dead", API, "schemas/GrantAllotment'", "schemas/GrandAllotment'"),
    Planted(
        "path-ambiguous",
        API,
        "  /v1/allotments/{urn}:",
        "  /v1/allotments/lookups:\n    get: {}\n  /v1/allotments/{urn}:",
    ),
    # operations
    Planted("operation-id", API, "operationId: grantAllotment", "operationId: grant-allotment"),
    Planted("operation-id", API, "operationId: endAllotment", "operationId: grantAllotment"),
    Planted("summary-missing", API, "      summary: Grant a piece of garden\n", ""),
    Planted("access-missing", API, "      x-access: [agency:parks-office]\n", ""),
    Planted("access-unknown", API, "x-access: [agency:parks-office]", "x-access: [agency:park-office]"),
    Planted("access-unknown", API, "x-access: [agency:parks-office]", "x-access: [everybody]"),
    Planted("access-citizen", API, "[agency:parks-office, citizen]", "[agency:parks-office]"),
    Planted("command-safe", API, "x-citizen-command: true", "x-citizen-command: true\n      x-safe: true"),
    Planted("answer-missing", API, "'204': {description: Given back.}", "'404': {description: None.}"),
    Planted(
        "problem-response",
        API,
        "        default: {$ref: 'common.v1.yaml#/components/responses/Problem'}\n  /v1",
        "  /v1",
    ),
    Planted(
        "idempotency-missing",
        API,
        "{$ref: 'common.v1.yaml#/components/parameters/IdempotencyKey'}\n      requestBody",
        "{$ref: 'common.v1.yaml#/components/parameters/CorrelationId'}\n      requestBody",
    ),
    Planted("version-missing", API, "        - {$ref: 'common.v1.yaml#/components/parameters/IfMatch'}\n", ""),
    Planted("path-parameter", API, "        - {$ref: 'common.v1.yaml#/components/parameters/Urn'}\n", ""),
    Planted(
        "personal-data-in-url",
        API,
        "parameters/IdempotencyKey'}\n      requestBody",
        "parameters/IdempotencyKey'}\n        - {name: holder_name, in: query, schema: {$ref: 'common.v1.yaml#/components/schemas/Name'}}\n      requestBody",
    ),
    Planted(
        "problems-missing",
        API,
        "      x-problems: [unauthenticated, forbidden, not-found",
        "      x-codes: [unauthenticated, forbidden, not-found",
    ),
    Planted(
        "problem-unknown",
        API,
        "idempotency-key-reused, allotment-taken]",
        "idempotency-key-reused, allotment-taken, plot-flooded]",
    ),
    Planted("problem-unlisted", API, "version-conflict, precondition-required]", "precondition-required]"),
    Planted(
        "problem-repeated",
        API,
        "[unauthenticated, forbidden, not-found",
        "[unauthenticated, forbidden, forbidden, not-found",
    ),
    Planted("problem-shape", API, "remedy: {zh: 请另选地块。, en: Choose another plot.}", "remedy: {zh: 请另选地块。}"),
    Planted("problem-status", API, "    status: 409\n", "    status: 200\n"),
    Planted(
        "problem-hidden",
        API,
        "x-problem-catalogue:\n",
        "x-problem-catalogue:\n  conflict: {status: 409, title: {zh: a, en: a}, remedy: {zh: a, en: a}}\n",
    ),
    Planted("problem-unused", API, "idempotency-key-reused, allotment-taken]", "idempotency-key-reused]"),
    # topics
    Planted("topic-name", TOPIC, "topic: parks.allotment.v1\n", "topic: parks.allotments.v1\n"),
    Planted("file-name", TOPIC, "topic: parks.allotment.v1\n", "topic: parks.allotment.v2\n"),
    Planted("topic-authority", TOPIC, "authorities: [parks-office]", "authorities: [parks-bureau]"),
    Planted("topic-authority", TOPIC, "authorities: [parks-office]", "authorities: [social-aid]"),
    Planted("topic-authority", TOPIC, "authorities: [parks-office]", "authorities: []"),
    Planted("topic-parties", TOPIC, "consumers: [gateway]", "consumers: [gatway]"),
    Planted("topic-parties", TOPIC, "producers: [parks]", "producers: []"),
    Planted("topic-retention", TOPIC, "max_compaction_lag: PT24H", "max_compaction_lag: PT25H"),
    Planted("topic-retention", TOPIC, "delete_retention: P7D", "delete_retention: P6D"),
    Planted("topic-retention", TOPIC, "cleanup: compact", "cleanup: delete"),
    Planted("topic-sealing", TOPIC, "key: parks.allotment.v1", "key: parks.other.v1"),
    Planted("topic-compatibility", TOPIC, "compatibility: backward", "compatibility: none"),
    Planted("topic-partitions", TOPIC, "partitions: 4", "partitions: 0"),
    Planted("topic-schema", TOPIC, "#/$defs/Allotment", "#/$defs/Plot"),
    Planted("topic-schema", TOPIC, "#/$defs/Allotment", "#/$defs/Alotment"),
    Planted("unreadable", TOPIC, "partitions: 4\n", ""),
    Planted("unreadable", TOPIC, "partitions: 4", "partitions: four"),
    Planted("unreadable", TOPIC, "partitions: 4", "partitions: 4\nowner: parks"),
    Planted("unreadable", API, "openapi: 3.1.0", "openapi: [3.1.0"),
    # examples
    Planted("example-invalid", EXAMPLE, '"plot": "B12"', '"plot": "12"', "/body/plot"),
    Planted(
        "example-invalid", EXAMPLE, '"effective_on": "2026-03-01"', '"effective_on": "2026-02-30"', "/effective_on"
    ),
    Planted(
        "example-invalid", EXAMPLE, '"contract": "parks.allotment.v1"', '"contract": "parks.allotment.v2"', "/contract"
    ),
    Planted(
        "example-invalid", EXAMPLE, '"authority": "demo.parks-office"', '"authority": "demo.social-aid"', "/authority"
    ),
    Planted("role-unknown", EXAMPLE, '"role": "holder"', '"role": "tenant"', "/role"),
    Planted("role-unknown", RECORD, '"x-visible-to": ["holder"]', '"x-visible-to": ["tenant"]', "/rent_fen"),
    # reference data
    Planted("authority", OFFICE, "division: '330100'\n    level", "division: '339999'\n    level"),
    Planted("authority", OFFICE, "successor: null", "successor: forest-office"),
    Planted("purpose", PURPOSE, "holder: parks-office", "holder: park-office", "/holder"),
    Planted("purpose", PURPOSE, "valid_until: 2028-12-31", "valid_until: 2025-12-31", "/valid_until"),
    Planted("unreadable", PURPOSE, "valid_until: 2028-12-31\n", "", "/valid_until"),
    Planted("purpose", PURPOSE, "fields: [you, plot, kind]", "fields: [you, plot, kind, size]", "/records/0"),
    Planted("purpose", PURPOSE, "fields: [you, plot, kind]", "fields: [you, plot, kind, rent_fen]", "/records/0"),
    Planted("purpose", PURPOSE, "clear: [kind]", "clear: [kind, note]", "/records/0"),
    Planted("purpose", PURPOSE, "topic: parks.allotment.v1", "topic: parks.bench.v1", "/records/0"),
    Planted("purpose", PURPOSE, "name: 园林管理处", "name: 园林局", "/granted_to"),
    Planted("purpose", PURPOSE, "247100097D", "2471000970", "/granted_to"),
    Planted("purpose", PURPOSE, "highest_sensitivity: confidential", "highest_sensitivity: restricted", "/assessment"),
    Planted("purpose", PURPOSE, "acting_person: true", "acting_person: true\nassessment: seen", "/assessment"),
    Planted("purpose", PURPOSE, "acting_person: true", "acting_person: false", "/acting_person"),
    Planted("purpose", PURPOSE, "acting_person: true", "acting_person: true\nmachines: [mower]", "/machines"),
    Planted("purpose", PURPOSE, "example: YL2026-001", "example: YL2026", "/case/example"),
    Planted("unreadable", PURPOSE, "pattern: 'YL[0-9]", "pattern: 'YL[0-9", "/case/pattern"),
    Planted("purpose", PURPOSE, "{of: actor, per: hour", "{of: actor, per: day", "/budgets"),
    Planted("purpose", PURPOSE, "{of: organisation, per: hour", "{of: organisation, per: week", "/budgets"),
    Planted("purpose", PURPOSE, "citizens: 40}", "citizens: 0}", "/budgets/0"),
    Planted("purpose", PURPOSE, "{of: actor, per: hour", "{of: organisation, per: hour", "/budgets"),
    Planted("purpose", PURPOSE, EXPIRY, f"{EMERGENCY}\nvalid_until: 2026-04-01", "/valid_until"),
    Planted("purpose", PURPOSE, EXPIRY, f"{UNPROVEN}\nvalid_until: 2026-03-31", "/emergency/deletion"),
    Planted("unreadable", PURPOSE, EXPIRY, "emergency: {act: 演示}\nvalid_until: 2026-03-31", "/emergency/deletion"),
    Planted("purpose", PURPOSE, EXPIRY, f"{EXPIRY}\ndiscloses: {{on: 2027-01-01, legal_basis: ' '}}", "/discloses"),
    Planted("unreadable", PURPOSE, EXPIRY, f"{EXPIRY}\ndiscloses: {{legal_basis: 演示}}", "/discloses/on"),
    Planted("purpose", PURPOSE, EXPIRY, f"{EXPIRY}\nadverse: {{subjects_per_day: 0}}", "/adverse"),
    Planted("purpose", PURPOSE, "to: {zh: 以核定您的园地租金", "to: {zh: ' '", "/to"),
    Planted("purpose", REGISTER, "keeps: [parks.allotment.v1]", "keeps: [identity.person.v1]", "/keeps/0"),
    Planted("parameter", PARAMETERS, "from: 2026-01-01", "from: 2026-02-01"),
    Planted("parameter", PARAMETERS, "until: null", "until: 2027-01-01"),
    Planted("parameter", PARAMETERS, "value: 30", "value: 90"),
    Planted("parameter", PARAMETERS, "value: 30", "value: 9"),
    Planted("parameter", PARAMETERS, "value: 30", "value: 181/3"),
    Planted("parameter", PARAMETERS, "value: 30", "value: a month"),
    Planted("parameter", PARAMETERS, "value: 30", "value: {short: 10, long: 61}"),
    Planted("parameter", PARAMETERS, "minimum: 10, maximum: 60", "minimum: 60, maximum: 10"),
    Planted("parameter", PARAMETERS, "minimum: 10", "at_least: 10"),
    Planted("parameter", PARAMETERS, "from: 2026-01-01", "from: 2025-12-31"),
    Planted("parameter", PARAMETERS, "until: 2026-01-01", "until: 2019-01-01"),
    Planted("parameter", PARAMETERS, "until: 2026-01-01", "until: null"),
    Planted("parameter", PARAMETERS, "legal_basis: 演示规定第3条,", "legal_basis: ' ',"),
    Planted(
        "parameter",
        PARAMETERS,
        "value: 36000, legal_basis: 演示规定第2条, level: city",
        "value: 1, legal_basis: a, level: village",
    ),
    Planted("parameter", PARAMETERS, "unit: fen", "unit: fen\n    issuing: province"),
    Planted("parameter", PARAMETERS, "unit: days", "unit: days\n    issuing: district"),
    Planted("parameter", PARAMETERS, "maximum: 60}", "maximum: 60, levels: [province]}\n    issuing: nation"),
    Planted("parameter", PARAMETERS, "unit: fen", "unit: ''"),
    Planted("parameter", PARAMETERS, "name: parks.yearly-rent", "name: yearly-rent"),
    Planted("parameter", PARAMETERS, "name: parks.yearly-rent", "name: forests.yearly-rent"),
    Planted("unreadable", PARAMETERS, "legal_basis: 演示规定第2条, ", ""),
    Planted("unreadable", PARAMETERS, "unit: fen", "unit: fen\n    norm: 演示规定"),
    Planted("unreadable", PARAMETERS, "value: 30", "value: 30, note: new"),
    Planted("codelist", KINDS, "zh: 花园, en: flower garden", "zh: 花园"),
    Planted("codelist", RECORD, '"x-codelist": "parks.kinds"', '"x-codelist": "parks.sorts"', "/kind"),
    Planted("unreadable", KINDS, "code: flower", "code: vegetable"),
    Planted("label-missing", RECORD, '          "x-label": {"zh": "备注", "en": "note"},\n', "", "/note"),
    Planted("bundle", API, "    AllotmentRecord:\n", "    Envelope: {type: string, enum: [x]}\n    AllotmentRecord:\n"),
]


def test_this_repository_is_sound_and_quickly_checked() -> None:
    lint([HOME])  # parsing is shared with the loader: the second look is what an editor waits for
    began = time.process_time()
    findings = lint([HOME])
    assert [f"{f.file.name} {f.place} {f.rule}: {f.missing}" for f in findings] == []
    assert time.process_time() - began < 1


def test_the_planted_department_is_sound_before_anything_is_planted(parks: Path) -> None:
    assert lint([parks]) == []


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_planted_defect_is_found_and_explained(parks: Path, planted: Planted) -> None:
    file = parks / planted.file
    text = file.read_text(encoding="utf-8")
    assert planted.old in text, "the defect cannot be planted: the sample has changed"
    file.write_text(text.replace(planted.old, planted.new, 1), encoding="utf-8")

    found = [f for f in lint([parks]) if f.rule == planted.rule and f.file == file and planted.at in f.place]

    assert found, f"nothing of {planted.rule} among {[(f.rule, f.place) for f in lint([parks])]}"
    assert all(f.missing and f.why and f.mend for f in found)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("title: {zh: 园林管理处", "title: {zh: 城市绿化局", "/granted_to"),
        ("uscc: '11330100247100097D'", "uscc: '11330100247100089J'", "/granted_to"),
        ("successor: null", "successor: parks-office", "/holder"),
        ("valid_until: null", "valid_until: 2028-12-31", "/valid_until"),
    ],
)
def test_a_grant_to_an_office_that_was_renamed_or_replaced_is_found(
    parks: Path, old: str, new: str, place: str
) -> None:
    office = parks / OFFICE
    text = office.read_text(encoding="utf-8")
    assert old in text, "the defect cannot be planted: the sample has changed"
    office.write_text(text.replace(old, new), encoding="utf-8")
    void = {(f.file.name, f.place) for f in lint([parks]) if f.rule == "purpose"}
    assert ("parks-office.rent.yaml", place) in void


def test_a_record_without_an_example_is_found(parks: Path) -> None:
    (parks / EXAMPLE).unlink()
    assert [(f.rule, f.file.name) for f in lint([parks])] == [("example-missing", "parks.allotment.v1.yaml")]


def test_an_example_of_no_topic_is_found(parks: Path) -> None:
    (parks / "examples/parks.bench.v1").mkdir()
    (parks / EXAMPLE).rename(parks / "examples/parks.bench.v1/a.json")
    assert {f.rule for f in lint([parks])} == {"example-missing", "example-stray"}


def test_a_department_without_heartbeats_is_found(parks: Path) -> None:
    (parks / "topics/parks.heartbeat.v1.yaml").unlink()
    assert [f.rule for f in lint([parks])] == ["topic-companion"]


def test_a_wrong_unified_social_credit_code_is_found(parks: Path) -> None:
    file = parks / OFFICE
    lines = file.read_text(encoding="utf-8").splitlines()
    code = next(i for i, line in enumerate(lines) if "uscc:" in line)
    lines[code] = "    uscc: '113301002471000466'"
    file.write_text("\n".join(lines), encoding="utf-8")
    # A grant names the body by its code: one with another code is another body.
    assert [f.rule for f in lint([parks])] == ["authority", "purpose", "purpose"]


def test_two_files_of_one_name_are_found(parks: Path) -> None:
    (parks / "purposes/another.yaml").write_bytes((parks / PURPOSE).read_bytes())
    assert "name-taken" in {f.rule for f in lint([parks])}


def test_the_command_says_where_what_why_and_how(parks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_CONTRACTS", str(parks))
    assert CliRunner().invoke(app, ["lint"]).exit_code == 0

    (parks / EXAMPLE).unlink()
    shown = CliRunner().invoke(app, ["lint", "--department", "parks"])
    assert shown.exit_code == 1
    for part in ("topics/parks.allotment.v1.yaml", "example-missing", "why:", "mend:", "1 to mend"):
        assert part in shown.output

    other = CliRunner().invoke(app, ["lint", "--department", "housing"])
    assert other.exit_code == 0
