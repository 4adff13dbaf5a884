"""Oversight answers as its contract says: each operation as it is meant, then generated requests, right and wrong."""

from __future__ import annotations

from schemathesis import Case

from . import walk_oversight
from .generated import ANY, FITTING, exchange, schema_of
from .live import Town

schema, fitting = schema_of("oversight"), schema_of("oversight", fitting=True)


def test_each_operation_succeeds_as_it_is_meant(town: Town) -> None:
    walk_oversight.walk(town)
    assert town.service("oversight").unanswered() == set()


@fitting.parametrize()
@FITTING
def test_what_fits_the_contract_meets_only_rules_of_the_domain(case: Case, town: Town) -> None:
    exchange(town, "oversight", case)


@schema.parametrize()
@ANY
def test_whatever_is_sent_the_answer_is_in_the_contract(case: Case, town: Town) -> None:
    exchange(town, "oversight", case)
