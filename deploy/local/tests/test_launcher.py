"""The launcher: works from a clone with nothing installed, from anywhere, and says what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
PARTS = ("onewindow", "requirements.lock", "pyproject.toml", "deploy", "kit", "contracts")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout without .venv, as far as the launcher and the command line need one."""
    folder = tmp_path_factory.mktemp("a clone")
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__", "tests"))
        else:
            shutil.copy(source, folder / part)
    return folder


def run(command: list[str], cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=dict(os.environ) | more, capture_output=True, text=True, timeout=280)


def test_a_clone_installs_itself_once_and_works_from_elsewhere_through_a_link(clone: Path, tmp_path: Path) -> None:
    link = tmp_path / "ow"
    link.symlink_to(clone / "onewindow")
    first = run([str(link), "--help"], tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Installed in" in first.stderr
    assert "./onewindow up --detach" in first.stdout
    assert (clone / ".venv" / "installed.lock").read_bytes() == (clone / "requirements.lock").read_bytes()
    second = run([str(link), "down"], tmp_path)
    assert second.returncode == 0
    assert f"Nothing runs in {clone / '.onewindow'}" in second.stderr
    assert "Installed" not in second.stderr


def test_a_python_that_is_too_old_is_named_with_the_remedy(clone: Path, tmp_path: Path) -> None:
    for name in ("python3", "python"):
        fake = tmp_path / name
        fake.write_text('#!/bin/sh\ncase "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac\n')
        fake.chmod(0o755)
    for tool in ("bash", "dirname", "readlink", "cmp", "env"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    bare = tmp_path / "bare"
    shutil.copytree(clone, bare, ignore=shutil.ignore_patterns(".venv"))
    answer = run([str(bare / "onewindow"), "up"], tmp_path, PATH=str(tmp_path))
    assert answer.returncode == 1
    assert "Python 3.9.2" in answer.stderr
    assert "ONEWINDOW_PYTHON=" in answer.stderr
    assert not (bare / ".venv").exists()
