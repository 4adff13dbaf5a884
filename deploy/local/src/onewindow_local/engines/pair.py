"""One PostgreSQL and one Kafka together, started side by side: what every instance and every test run needs."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from onewindow_local.engines.kafka import Kafka
from onewindow_local.engines.postgres import Postgres


@dataclass
class EnginePair:
    """Both engines. start() brings up both or neither."""

    postgres: Postgres
    kafka: Kafka

    @classmethod
    def at(
        cls, folder: Path, *, postgres_port: int, kafka_port: int, controller_port: int, max_connections: int = 300
    ) -> "EnginePair":
        return cls(
            Postgres(folder / "postgres", postgres_port, max_connections),
            Kafka(folder / "kafka", kafka_port, controller_port),
        )

    async def start(self) -> None:
        results = await asyncio.gather(self.postgres.start(), self.kafka.start(), return_exceptions=True)
        failures = [result for result in results if isinstance(result, BaseException)]
        if failures:
            await self.stop()
            raise failures[0]

    async def stop(self) -> None:
        await asyncio.gather(self.kafka.stop(), self.postgres.stop())

    def environment(self) -> dict[str, str]:
        """What the test fixtures read."""
        return {"ONEWINDOW_TEST_DATABASE": self.postgres.url, "ONEWINDOW_TEST_KAFKA": self.kafka.address}
