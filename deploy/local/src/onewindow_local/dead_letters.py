"""Dead letters as an operator may see them: where, when and why, never what was in them."""

from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS

# Headers that hold no personal data, in the order of interest.
SHOWN = (
    "ow-reason",
    "ow-detail",
    "ow-consumer",
    "ow-topic",
    "ow-partition",
    "ow-offset",
    "ow-first-seen",
    "ow-key",
    "ow-wrapped",
    "original-key",
    "original-ce_type",
    "original-ce_source",
    "original-ow-version",
    "original-ow-correlation",
)


@dataclass(frozen=True)
class DeadLetter:
    """`key` is `topic-partition-offset` of the refused message; `size` is that of the sealed bytes."""

    key: str
    department: str
    size: int
    about: dict[str, str]


async def read(kafka: str, prefix: str = "") -> list[DeadLetter]:
    """All letters of all departments, oldest first; LocalError when Kafka does not answer."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, request_timeout_ms=5000, client_id="onewindow-cli")
    try:
        await consumer.start()
    except KafkaError as error:
        raise LocalError(
            f"Kafka at {kafka} does not answer ({type(error).__name__}).", "./onewindow restart kafka starts it anew."
        ) from error
    try:
        known = await consumer.topics()
        found: dict[tuple[str, str], DeadLetter] = {}
        for department in DEPARTMENTS:
            if f"{prefix}{department}.dead-letter.v1" in known:
                await _read_one(consumer, f"{prefix}{department}.dead-letter.v1", department, found)
        return list(found.values())
    finally:
        await consumer.stop()


async def _read_one(
    consumer: AIOKafkaConsumer, topic: str, department: str, found: dict[tuple[str, str], DeadLetter]
) -> None:
    partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
    ends = await consumer.end_offsets(partitions)
    consumer.assign(partitions)
    await consumer.seek_to_beginning(*partitions)
    while any([await consumer.position(partition) < ends[partition] for partition in partitions]):
        for messages in (await consumer.getmany(timeout_ms=1000)).values():
            for message in messages:
                place = (department, (message.key or b"").decode(errors="replace"))
                if message.value is None:
                    found.pop(place, None)
                else:
                    found[place] = DeadLetter(place[1], department, len(message.value), _about(message.headers))


def _about(headers: tuple[tuple[str, bytes], ...]) -> dict[str, str]:
    said = {name: raw.decode(errors="replace") for name, raw in headers}
    return {name.removeprefix("ow-"): said[name] for name in SHOWN if said.get(name)}
