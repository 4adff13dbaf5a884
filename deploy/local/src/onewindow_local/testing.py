"""The command line as tests use it: as a user would, against an instance in a folder of its own."""

import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from onewindow_local.engines import ports
from onewindow_local.instance import PORTS_SPAN, Instance


@dataclass(frozen=True)
class Commands:
    """Runs commands against the instance in `folder` with the block of ports from `port`."""

    folder: Path
    port: int

    @property
    def instance(self) -> Instance:
        return Instance(self.folder, self.port)

    def __call__(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "onewindow_local", *arguments, "--data", str(self.folder)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW_")}
        return subprocess.run(line, capture_output=True, text=True, timeout=seconds, env=environment)

    def up(self, *arguments: str) -> None:
        answer = self("up", "--detach", "--port", str(self.port), *arguments, seconds=240)
        assert answer.returncode == 0, answer.stdout + answer.stderr


def free_block() -> int:
    """The first of a block of ports that are free now, below those that the kernel gives to clients."""
    while True:
        first = random.randrange(12000, 30000, PORTS_SPAN + 1)
        if all(ports.is_free(port) for port in range(first, first + PORTS_SPAN + 1)):
            return first
