"""A small department of its own, so that a planted defect is seen alone and a new department is really new."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from onewindow_contracts.loader import HOME
from onewindow_local.instance import Instance

from .live import Town, free_instance, onewindow

PARKS = Path(__file__).parent / "parks"
SHARED = (
    "openapi/common.v1.yaml",
    "codelists/divisions.json",
    "codelists/identity.schemes.yaml",
    "authorities/demo.yaml",
)


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    """A contracts folder with the parks department and the shared parts; to be changed at will."""
    folder = tmp_path / "contracts"
    shutil.copytree(PARKS, folder)
    for name in SHARED:
        shutil.copy(HOME / name, folder / name)
    return folder


@pytest.fixture
def parks_beside(tmp_path: Path) -> Path:
    """Only the parks department's own files: a second folder beside this repository's."""
    folder = tmp_path / "parks"
    shutil.copytree(PARKS, folder)
    return folder


@pytest.fixture(scope="package")
def town() -> Iterator[Town]:
    """A whole instance in processes of its own; ``ONEWINDOW_TEST_INSTANCE=FOLDER:PORT`` names one that runs already."""
    if running := os.environ.get("ONEWINDOW_TEST_INSTANCE"):
        folder, _, port = running.rpartition(":")
        yield Town(Instance(Path(folder), int(port)))
        return
    folder = Path(tempfile.mkdtemp(prefix="ow-contracts-"))
    instance = free_instance(folder / "data")
    try:
        onewindow(instance, "up", "--detach", "--people", "0")
        yield Town(instance)
    finally:
        onewindow(instance, "down")
        shutil.rmtree(folder, ignore_errors=True)
