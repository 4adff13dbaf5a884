"""Every command of the README's tours works, in order, as it is printed."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from onewindow_local.instance import CHECKOUT

from .conftest import free_block

TOUR = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def elsewhere() -> Iterator[dict[str, str]]:
    """The environment that puts an instance into a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="ow-readme-"))
    environment = os.environ | {"ONEWINDOW_DATA": str(folder / "data")}
    try:
        yield environment
    finally:
        subprocess.run(["./onewindow", "down"], cwd=CHECKOUT, env=environment, capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def test_the_tours_work_as_printed(elsewhere: dict[str, str]):
    port = free_block()
    blocks = TOUR.findall((CHECKOUT / "README.md").read_text())
    assert len(blocks) >= 6
    script = "set -euo pipefail\n" + "\n".join(blocks)
    script = script.replace("up --detach", f"up --detach --port {port}")
    script = re.sub(r"127\.0\.0\.1:87(\d\d)", lambda match: f"127.0.0.1:{port + int(match[1])}", script)
    run = subprocess.run(
        ["bash", "-c", script], cwd=CHECKOUT, env=elsewhere, capture_output=True, text=True, timeout=280
    )
    assert run.returncode == 0, f"{run.stdout[-3000:]}\n{run.stderr[-3000:]}"
    assert "Nothing was lost." in run.stdout
