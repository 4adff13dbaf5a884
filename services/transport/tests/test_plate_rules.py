"""Plates have the form of their type, whoever makes them up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_contracts import loader
from transport.domain.plates import TYPES, Plate, PlateRules, kept_until, random_plate
from transport.domain.problems import PlateFormat

GOOD = [
    ("02", "浙A12345"),
    ("02", "浙AB1234"),
    ("01", "浙A12345"),
    ("07", "浙A1234B"),
    ("15", "浙A1234挂"),
    ("16", "浙A1234学"),
    ("51", "浙A12345D"),
    ("51", "浙A12345F"),
    ("52", "浙AD12345"),
    ("52", "浙AFA1234"),
]
BAD = [
    ("02", "浙AD12345"),  # eight characters are for new energy
    ("52", "浙A12345"),
    ("52", "浙A12345D"),  # the letter of a small one stands first
    ("51", "浙AD12345"),
    ("02", "浙AO1234"),  # O and I are never used
    ("02", "浙I12345"),
    ("02", "日A12345"),
    ("02", "浙A1234"),
    ("15", "浙A12345"),
    ("52", "浙AL12345"),
    ("99", "浙A12345"),
    ("02", "浙A12345\n"),
    ("02", "浙A１２３４５"),  # full-width digits
]


@pytest.mark.parametrize(("kind", "number"), GOOD)
def test_a_well_formed_plate_passes(kind: str, number: str) -> None:
    assert Plate(kind, number).office == "浙A"


@pytest.mark.parametrize(("kind", "number"), BAD)
def test_a_plate_of_another_form_is_refused(kind: str, number: str) -> None:
    with pytest.raises(PlateFormat):
        Plate(kind, number)


@given(st.sampled_from(TYPES), st.booleans(), st.randoms(use_true_random=False))
def test_a_drawn_plate_has_the_form_of_its_type(kind: str, battery: bool, random) -> None:
    plate = random_plate(kind, "浙A", battery, random.choice)
    assert Plate(plate.type, plate.number) == plate


@given(st.sampled_from(TYPES), st.booleans(), st.randoms(use_true_random=False))
def test_a_drawn_plate_fits_the_contract(kind: str, battery: bool, random) -> None:
    import re

    schema = loader.load().body_schema("transport.vehicle.v1")["$defs"]["PlateNumber"]
    assert re.search(schema["pattern"], random_plate(kind, "浙A", battery, random.choice).number)


def test_a_plate_is_kept_two_years_after_a_years_use() -> None:
    rules = PlateRules(use_years=1, kept_years=2)
    assert kept_until(date(2024, 3, 1), date(2025, 2, 28), rules) is None
    assert kept_until(date(2024, 3, 1), date(2025, 3, 1), rules) == date(2027, 3, 1)
