"""`onewindow verify` without an instance: it says what is missing, and that nothing could be checked."""

from pathlib import Path

import pytest
from onewindow_local.cli import app
from onewindow_local.kept_entries import KeptEntries
from typer.testing import CliRunner


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["verify", *arguments])
    return done.exit_code, done.output


def test_a_folder_without_an_instance_is_neither_verified_nor_rejected(tmp_path: Path) -> None:
    status, said = run("--data", str(tmp_path))
    assert status == 3 and "log.pub" in said


def test_somebody_elses_log_is_not_verified_by_its_own_word(tmp_path: Path) -> None:
    status, said = run("--data", str(tmp_path), "--log", "http://127.0.0.1:9/v1/log")
    assert status == 3 and "--log-key" in said


@pytest.mark.parametrize(
    ("kept", "begins", "holds"),
    [
        (KeptEntries(5, 1, 2, [], []), "ENTRIES ", "5 are there"),
        (KeptEntries(5, 0, 0, [7], []), "REJECTED", "missing 1 (at 7)"),
        (KeptEntries(5, 0, 0, [], list(range(9))), "REJECTED", "altered 9 (at 0, 1, 2, 3, 4 and 4 more)"),
    ],
)
def test_entries_that_are_gone_are_named_by_their_places(kept: KeptEntries, begins: str, holds: str) -> None:
    assert kept.line().startswith(begins) and holds in kept.line()
