"""`python -m onewindow_local.engines FOLDER`: only the engines, until Ctrl-C. For work on a single service.

Prints the two settings that the tests read, as shell `export` lines.
"""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from onewindow_local.engines import ports
from onewindow_local.engines.pair import EnginePair
from onewindow_local.errors import LocalError


async def _run(folder: Path, first_port: int | None) -> None:
    postgres, kafka, controller = range(first_port, first_port + 3) if first_port else ports.ephemeral(3)
    pair = EnginePair.at(folder, postgres_port=postgres, kafka_port=kafka, controller_port=controller)
    end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    await pair.start()
    try:
        for name, value in pair.environment().items():
            print(f"export {name}={value}", flush=True)
        await end.wait()
    finally:
        await pair.stop()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m onewindow_local.engines", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the engines keep their data")
    parser.add_argument("--first-port", type=int, help="three ports from here on; without it, any free ones")
    arguments = parser.parse_args()
    try:
        asyncio.run(_run(arguments.folder, arguments.first_port))
    except LocalError as error:
        print(f"{error.message}\n{error.remedy}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
