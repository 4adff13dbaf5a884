"""The gateway answers as its contract says: each operation as it is meant, then generated requests, right and wrong."""

from __future__ import annotations

from schemathesis import Case

from . import walk_gateway
from .generated import ANY, FITTING, exchange, schema_of
from .live import Town

schema = schema_of("gateway")
# a tile's name holds slashes, which the generator makes for no path; the walk above reads one
fitting = schema_of("gateway", fitting=True).exclude(operation_id="readTile")


def test_each_operation_succeeds_as_it_is_meant(town: Town) -> None:
    walk_gateway.walk(town)
    assert town.service("gateway").unanswered() == set()


@fitting.parametrize()
@FITTING
def test_what_fits_the_contract_meets_only_rules_of_the_domain(case: Case, town: Town) -> None:
    exchange(town, "gateway", case)


@schema.parametrize()
@ANY
def test_whatever_is_sent_the_answer_is_in_the_contract(case: Case, town: Town) -> None:
    exchange(town, "gateway", case)
