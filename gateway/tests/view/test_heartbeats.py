"""How fresh a department is: the newest heartbeat that the view has reached, whatever stands before it."""

from __future__ import annotations

from gateway.projector.heartbeats import Heartbeats


def beat(second: int, end: int) -> bytes:
    return b'{"department":"toys","at":"2026-01-01T00:00:%02dZ","offsets":{"toys.toy.v1":{"0":%d}}}' % (second, end)


def test_an_end_that_is_never_reached_does_not_hold_up_the_heartbeats_after_it() -> None:
    heartbeats = Heartbeats()
    assert all(heartbeats.arrive("toys", beat(*each)) for each in ((1, 10), (2, 999), (3, 12), (4, 20)))
    assert heartbeats.reached(lambda topic, partition: 12) == {"toys": "2026-01-01T00:00:03Z"}
    assert heartbeats.reached(lambda topic, partition: 19) == {}, (
        "what is older than the newest reached says nothing more"
    )
    assert heartbeats.reached(lambda topic, partition: 20) == {"toys": "2026-01-01T00:00:04Z"}
