"""A batch that is missing, repeated, changed or in the wrong place stops the record, whatever else is in order."""

from __future__ import annotations

import pytest
from gateway.recorder.chain import Broken, Chains, Link
from onewindow_kit.access import Batch


def batch(number: int, previous: bytes = b"", *, writer: str = "a", after: tuple[str, int] | None = None) -> Batch:
    return Batch(writer, number, previous, after, b"digest-%d" % number, ())


def test_each_writer_goes_on_where_it_was() -> None:
    chains = Chains({"a": Link(4, b"digest-4")})
    for each in (batch(5, b"digest-4"), batch(0, writer="b"), batch(6, b"digest-5"), batch(1, b"digest-0", writer="b")):
        chains.take(each)
    assert chains.taken == {"a": Link(6, b"digest-6"), "b": Link(1, b"digest-1")}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (batch(6, b"digest-5"), "batch-missing"),
        (batch(4, b"digest-3"), "batch-repeated"),
        (batch(0), "batch-repeated"),
        (batch(5, b"digest-3"), "batch-changed"),
        (batch(1, b"digest-0", writer="new"), "batch-missing"),
        (batch(0, b"digest-4", writer="new"), "batch-changed"),
        (batch(0, writer="new", after=("a", 5)), "batch-missing"),
        (batch(0, writer="new", after=("gone", 0)), "batch-missing"),
    ],
)
def test_nothing_else_follows(wrong: Batch, code: str) -> None:
    chains = Chains({"a": Link(4, b"digest-4")})
    with pytest.raises(Broken) as stopped:
        chains.take(wrong)
    assert stopped.value.code == code
    assert chains.taken == {}


@pytest.mark.parametrize("after", [("a", 4), ("a", 3), ("gone", -1), None])
def test_a_chain_may_follow_one_whose_acknowledged_batches_are_all_there(after: tuple[str, int] | None) -> None:
    chains = Chains({"a": Link(4, b"digest-4")})
    chains.take(batch(0, writer="new", after=after))
    assert "new" in chains.taken
