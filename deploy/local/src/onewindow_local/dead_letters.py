"""Dead letters as an operator may see them: where, when and why, never what was in them."""

from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from onewindow_kit.broker import connection

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
    """`key` is `topic-partition-offset` of the refused message, `department` whose topic that is, `consumer` who
    refused it; `size` is that of the sealed bytes.
    """

    key: str
    department: str
    consumer: str
    size: int
    about: dict[str, str]


async def read(kafka: str, prefix: str = "") -> list[DeadLetter]:
    """All letters of all consumers, oldest first; LocalError when Kafka does not answer."""
    # From the beginning by its own rule: a seek to it loses against the start at the end that is already under way.
    consumer = AIOKafkaConsumer(
        **connection(kafka), request_timeout_ms=5000, client_id="onewindow-cli", auto_offset_reset="earliest"
    )
    try:
        await consumer.start()
    except KafkaError as error:
        raise LocalError(
            f"Kafka at {connection(kafka)['bootstrap_servers']} does not answer ({type(error).__name__}).",
            "./onewindow restart kafka starts it anew.",
        ) from error
    try:
        known = await consumer.topics()
        refusers = [name for name in (*DEPARTMENTS, "gateway") if f"{prefix}{name}.dead-letter.v1" in known]
        # Their topic files give them one partition: letters are few, and are read in order.
        places = {TopicPartition(f"{prefix}{name}.dead-letter.v1", 0): name for name in refusers}
        return await _read_all(consumer, places) if places else []
    finally:
        await consumer.stop()


async def _read_all(consumer: AIOKafkaConsumer, refusers: dict[TopicPartition, str]) -> list[DeadLetter]:
    found: dict[tuple[str, str], DeadLetter] = {}
    consumer.assign(list(refusers))
    ends = await consumer.end_offsets(list(refusers))
    while any([await consumer.position(partition) < ends[partition] for partition in refusers]):
        for partition, messages in (await consumer.getmany(timeout_ms=500)).items():
            for message in messages:
                place = (refusers[partition], (message.key or b"").decode(errors="replace"))
                if message.value is None:
                    found.pop(place, None)
                else:
                    found[place] = _letter(place[1], refusers[partition], message.value, message.headers)
    return list(found.values())


def _letter(key: str, refuser: str, value: bytes, headers: tuple[tuple[str, bytes], ...]) -> DeadLetter:
    about = _about(headers)
    return DeadLetter(key, about.get("topic", key).partition(".")[0], refuser, len(value), about)


def _about(headers: tuple[tuple[str, bytes], ...]) -> dict[str, str]:
    said = {name: raw.decode(errors="replace") for name, raw in headers}
    return {name.removeprefix("ow-"): said[name] for name in SHOWN if said.get(name)}
