"""The gateway answers as its contract says: each operation as it is meant, then generated requests, right and wrong."""

from __future__ import annotations

from schemathesis import Case

from . import walk_gateway
from .generated import SETTINGS, exchange, schema_of
from .live import Town

schema = schema_of("gateway")


def test_each_operation_succeeds_as_it_is_meant(town: Town) -> None:
    walk_gateway.walk(town)
    assert town.service("gateway").unanswered() == set()


@schema.parametrize()
@SETTINGS
def test_whatever_is_sent_the_answer_is_in_the_contract(case: Case, town: Town) -> None:
    exchange(town, "gateway", case)
