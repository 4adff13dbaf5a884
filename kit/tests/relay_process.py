"""A relay in a process of its own that stops at a chosen point, for tests that kill it there.

Usage: python relay_process.py POINT DATABASE KAFKA PREFIX. POINT is ``none``, ``before-commit`` (sent, the Kafka transaction
is still open) or ``before-mark`` (acknowledged, the rows are not marked). It says ``reached`` and then waits for a line.
"""

import asyncio
import sys
from typing import Any

from aiokafka import AIOKafkaProducer
from onewindow_kit.relay import Relay
from onewindow_kit.relay.outbox import Outbox


def stop_before(owner: type, name: str) -> None:
    true_method = getattr(owner, name)

    async def stopped(self: Any, *arguments: Any) -> Any:
        print("reached", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        return await true_method(self, *arguments)

    setattr(owner, name, stopped)


async def main(point: str, database: str, kafka: str, prefix: str) -> None:
    match point:
        case "before-commit":
            stop_before(AIOKafkaProducer, "commit_transaction")
        case "before-mark":
            stop_before(Outbox, "mark")
    await Relay("housing", database=database, kafka=kafka, instance="demo", prefix=prefix).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
