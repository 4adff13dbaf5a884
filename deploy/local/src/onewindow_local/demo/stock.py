"""A Merkle verifier that other people wrote, fetched once and run as a process of its own; for demos and tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from onewindow_local.engines.cache import cache_folder, cache_lock
from onewindow_local.errors import DownloadRefused
from onewindow_local.instance import CHECKOUT

LOCK = CHECKOUT / "deploy" / "local" / "stock-verifier.lock"
NAME = "proofbundle 6.3.1 (MIT)"
CHECK = Path(__file__).with_name("stock_check.py")


def fetched() -> Path:
    """The folder with the verifier, held against the hash in its lock file when it was fetched. DownloadRefused otherwise."""
    folder = cache_folder() / "stock-verifier"
    with cache_lock("stock-verifier"):
        done = folder / "installed.lock"
        if done.exists() and done.read_bytes() == LOCK.read_bytes():
            return folder
        # It needs nothing but `cryptography`, which is here already.
        what = ["--no-deps", "--require-hashes", "--target", str(folder), "-r", str(LOCK)]
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", *what]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if run.returncode != 0:
            reason = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise DownloadRefused(
                f"The stock verifier could not be fetched: {reason}", "Check the network; it is needed once."
            )
        done.write_bytes(LOCK.read_bytes())
    return folder


def verdict(told: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """What it says of `told` (see stock_check.py): 0 when everything holds; its lines say what does not."""
    command = [sys.executable, "-I", str(CHECK), str(fetched())]
    return subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, timeout=60, check=False)
