"""Every letter that lies in Kafka is listed, each time one asks."""

from pathlib import Path

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from onewindow_local import dead_letters
from onewindow_local.engines import ports
from onewindow_local.engines.kafka import Kafka

TOPIC = "gateway.dead-letter.v1"


async def test_letters_are_listed_from_the_first_each_time(tmp_path: Path) -> None:
    kafka = Kafka(tmp_path / "kafka", *ports.ephemeral(2))
    await kafka.start()
    try:
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka.address)
        await admin.start()
        await admin.create_topics([NewTopic(TOPIC, 1, 1)])
        await admin.close()
        async with AIOKafkaProducer(bootstrap_servers=kafka.address) as producer:
            for number in range(3):
                head = [("ow-topic", b"housing.title.v1"), ("ow-reason", b"seal-broken")]
                await producer.send_and_wait(TOPIC, b"sealed", key=b"housing.title.v1-0-%d" % number, headers=head)
        for _ in range(5):
            letters = await dead_letters.read(kafka.address)
            assert [letter.key[-1] for letter in letters] == ["0", "1", "2"]
            assert {letter.department for letter in letters} == {"housing"}
    finally:
        await kafka.stop()
