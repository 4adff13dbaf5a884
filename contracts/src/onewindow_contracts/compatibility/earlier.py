"""The contracts as they were: in a folder, or in a revision of this repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from onewindow_contracts.errors import ContractError
from onewindow_contracts.loader import HOME, Contracts, load


@contextmanager
def earlier(named: str) -> Iterator[Contracts]:
    """The contracts of a folder or of a git revision; ContractError when ``named`` is neither."""
    if Path(named).is_dir():
        yield load([Path(named)])
        return
    command = ["git", "archive", "--format=tar", f"{named}:{HOME.name}"]
    try:
        made = subprocess.run(command, cwd=HOME.parent, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise ContractError(named, "", "is neither a folder of contracts nor a revision of this repository") from error
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
        yield load([folder])
