"""A small department of its own, so that a planted defect is seen alone and a new department is really new."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from onewindow_contracts.loader import HOME

PARKS = Path(__file__).parent / "parks"
SHARED = ("openapi/common.v1.yaml", "codelists/divisions.json", "authorities/demo.yaml")


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
