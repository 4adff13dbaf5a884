"""A client that asks too much waits, its neighbour doesn't, and strangers can't fill the memory."""

from gateway.limits import Buckets
from hypothesis import given
from hypothesis import strategies as st


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_and_then_the_rate_holds() -> None:
    clock = Clock()
    buckets = Buckets(2, 3, clock=clock)
    assert [buckets.take("app") for _ in range(3)] == [0.0, 0.0, 0.0]
    assert buckets.take("app") == 0.5
    assert buckets.take("other") == 0.0
    clock.now += 0.5
    assert buckets.wait("app") == 0.0
    assert buckets.take("app") == 0.0
    assert buckets.take("app") > 0


@given(st.lists(st.floats(0, 2), max_size=60))
def test_never_more_than_burst_and_rate(pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(5, 4, clock=clock)
    passed = 0
    for pause in pauses:
        clock.now += pause
        passed += buckets.take("app") == 0.0
    assert passed <= 4 + 5 * sum(pauses) + 1e-6


def test_memory_stays_flat() -> None:
    buckets = Buckets(1, 2, remember=10)
    for number in range(1000):
        buckets.take(number)
    assert len(buckets._levels) <= 10
