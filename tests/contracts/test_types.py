"""The hand-written types: they mirror common.v1.yaml and refuse what pydantic would wave through."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_contracts import common
from onewindow_contracts.agreement import differences
from onewindow_contracts.common import Contract, Day, Envelope, Fen, Instant, Line, Name, Paragraph, Share, Uscc, Vin
from onewindow_contracts.documents import parse
from onewindow_contracts.formats import CHECKS, is_gb11643, is_vin, vin_check_digit
from onewindow_contracts.loader import HOME
from onewindow_contracts.validation import validator
from pydantic import BaseModel, TypeAdapter, ValidationError

COMMON = parse(HOME / "openapi/common.v1.yaml")
SCHEMAS = COMMON["components"]["schemas"]
WITHOUT_TYPE = {"Problem"}  # `detail` and `errors` are optional there; a model of ours gives them defaults


def as_document(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    """A document whose one operation answers the schema, so that the agreement's normal form can compare it."""
    answer = {"description": "", "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
    return {"paths": {"/": {"get": {"responses": {"200": answer}}}}, "components": {"schemas": schemas}}


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - WITHOUT_TYPE))
def test_each_shared_schema_has_a_type_that_says_the_same(name: str) -> None:
    derived = TypeAdapter(getattr(common, name)).json_schema(ref_template="#/components/schemas/{model}")
    schemas = derived.pop("$defs", {}) | {name: derived}
    assert differences(as_document(SCHEMAS, name), as_document(schemas, name)) == []


class Everything(Contract):
    day: Day
    instant: Instant
    share: Share
    fen: Fen
    line: Line


GOOD = {"day": "2024-02-29", "instant": "2026-01-31T08:00:00.123Z", "share": "1/3", "fen": 20, "line": "张三"}


def test_values_are_kept_exactly_and_written_as_they_came() -> None:
    read = Everything.model_validate(GOOD)
    assert (read.day, read.share, read.fen) == (date(2024, 2, 29), Fraction(1, 3), 20)
    assert read.instant == datetime(2026, 1, 31, 8, 0, 0, 123000, UTC)
    assert json.loads(read.model_dump_json()) == GOOD
    assert Everything(**read.model_dump()) == read


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", 1700006400), ("day", True), ("day", "2023-02-29"), ("day", "2023-2-1"), ("day", "20230201"),
        ("day", "2023-02-01T00:00:00"), ("day", None), ("day", datetime(2023, 1, 1)), ("day", "２０２３-01-01"),
        ("instant", "2026-01-31T08:00:00Z"), ("instant", "2026-01-31T08:00:00.123+08:00"), ("instant", 1700006400),
        ("instant", "2026-13-31T08:00:00.123Z"), ("instant", datetime(2026, 1, 31)),
        ("share", 0.5), ("share", 1), ("share", "2/4"), ("share", "0/1"), ("share", "3/2"), ("share", "1/0"),
        ("share", "-1/2"), ("share", "1/2 "), ("share", "１/２"), ("share", "1/1000000"), ("share", Fraction(3, 2)),
        ("fen", "20"), ("fen", True), ("fen", 1.0), ("fen", -1), ("fen", 2**53),
        ("line", "a\x00"), ("line", "a\nb"), ("line", "\x1b[31m"), ("line", "\ud800"), ("line", ""), ("line", "a" * 201),
        ("line", "\u0085"), ("line", 5),
    ],
)  # fmt: skip
def test_what_is_not_exactly_that_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Everything.model_validate(GOOD | {field: value})


def test_unknown_properties_are_refused() -> None:
    with pytest.raises(ValidationError):
        Everything.model_validate(GOOD | {"colour": "red"})


def test_a_paragraph_may_have_lines_and_nothing_else() -> None:
    text = TypeAdapter(Paragraph)
    assert text.validate_python("一\n二") == "一\n二"
    for refused in ("a\rb", "a\tb", "a\x00b"):
        with pytest.raises(ValidationError):
            text.validate_python(refused)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=100))
def test_any_name_that_people_can_have_is_taken(name: str) -> None:
    assert TypeAdapter(Name).validate_python(name) == name


@given(st.integers(1, 999_999), st.integers(1, 999_999))
def test_shares_survive_the_way_there_and_back(a: int, b: int) -> None:
    share = Fraction(min(a, b), max(a, b))
    text = TypeAdapter(Share).dump_json(share)
    assert TypeAdapter(Share).validate_json(text) == share


@given(st.text(max_size=20))
def test_the_type_and_the_contract_refuse_the_same_shares(text: str) -> None:
    schema = validator({"type": "string", "format": "share"})
    try:
        TypeAdapter(Share).validate_python(text)
    except ValidationError:
        assert not schema.is_valid(text)
    else:
        assert schema.is_valid(text)


def test_check_digits() -> None:
    assert is_gb11643("11010519491231002X")
    assert not is_gb11643("110105194912310021")
    assert not is_gb11643("11010519490230002X")
    assert not is_gb11643("11010519491231002x")
    assert is_vin("1M8GDM9AXKP042788")
    assert not is_vin("1M8GDM9A0KP042788")
    assert not is_vin("IM8GDM9AXKP042788")
    assert TypeAdapter(Vin).validate_python("1M8GDM9AXKP042788")
    assert TypeAdapter(Uscc).validate_python("91110000600037341L")
    with pytest.raises(ValidationError):
        TypeAdapter(Uscc).validate_python("91110000600037341A")


@given(st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=17, max_size=17))
def test_a_vin_with_the_digit_put_right_is_valid(text: str) -> None:
    assert is_vin(text[:8] + vin_check_digit(text) + text[9:])


@given(st.text(max_size=40))
def test_no_check_falls_over_any_text(text: str) -> None:
    assert all(check(text) in (True, False) for check in CHECKS.values())


def test_an_envelope_is_closed_and_its_days_are_real() -> None:
    example = parse(HOME.parent / "tests/contracts/parks/examples/parks.allotment.v1/vegetables.json")
    read = Envelope.model_validate(example)
    assert json.loads(read.model_dump_json()) == example
    with pytest.raises(ValidationError):
        Envelope.model_validate(example | {"effective_on": "2026-02-30"})


def test_every_model_is_built_on_the_closed_base() -> None:
    shared = [
        x for x in vars(common).values() if isinstance(x, type) and issubclass(x, BaseModel) and x is not BaseModel
    ]
    assert shared and all(issubclass(x, Contract) for x in shared)
