"""What `status` concludes, and that a disk without room does not end the supervisor."""

import asyncio
from pathlib import Path

import pytest
from onewindow_kit.testing import eventually
from onewindow_local.engine_choice import EngineChoice
from onewindow_local.health import Department, Health, Process, Stream, _judge
from onewindow_local.instance import Instance
from onewindow_local.supervisor import Supervisor


def judged(*, kafka_ready: bool, as_of: float | None) -> str:
    health = Health(
        "ready",
        [Process("kafka", 1, kafka_ready)],
        [Department("housing", 0, 0.0, 0, as_of, None)],
        [Stream("projector", "housing.title.v1", 0, 0.0)],
        disk_free=2**40,
    )
    _judge(health)
    return "\n".join(health.problems)


def test_a_view_without_a_date_is_not_healthy_and_told_how_to_mend_it():
    assert "republish" in judged(kafka_ready=True, as_of=None)
    assert judged(kafka_ready=True, as_of=1.0) == ""


def test_a_broker_that_is_down_is_the_reason_and_not_lost_events():
    said = judged(kafka_ready=False, as_of=None)
    assert "kafka is not ready" in said
    assert "republish" not in said


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    def no_room(_event: object) -> None:
        raise OSError(28, "No space left on device")

    return Supervisor(Instance(tmp_path, 9999), EngineChoice(None, None), 0, no_room)


async def test_what_could_not_be_written_down_is_written_once_there_is_room(supervisor: Supervisor):
    obstacle = supervisor.instance.folder / ".instance.json.new"
    obstacle.mkdir()  # a write fails with a real OSError, as it does on a full disk
    writing = asyncio.create_task(supervisor._write_down())
    try:
        supervisor._changed.set()
        supervisor._say({"fell": "transport"})
        ended, _ = await asyncio.wait({writing}, timeout=0.2)
        assert not ended, "a failed write is tried again, it ends nothing"
        assert supervisor.instance.state() == {}
        obstacle.rmdir()
        assert await eventually(supervisor.instance.state)
    finally:
        writing.cancel()
