"""Transport answers as its contract says: each operation as it is meant, then generated requests, right and wrong."""

from __future__ import annotations

from schemathesis import Case

from . import walk_transport
from .generated import ANY, FITTING, exchange, schema_of
from .live import Town

schema, fitting = schema_of("transport"), schema_of("transport", fitting=True)


def test_each_operation_succeeds_as_it_is_meant(town: Town) -> None:
    walk_transport.walk(town)
    assert town.service("transport").unanswered() == set()


@fitting.parametrize()
@FITTING
def test_what_fits_the_contract_meets_only_rules_of_the_domain(case: Case, town: Town) -> None:
    exchange(town, "transport", case)


@schema.parametrize()
@ANY
def test_whatever_is_sent_the_answer_is_in_the_contract(case: Case, town: Town) -> None:
    exchange(town, "transport", case)
