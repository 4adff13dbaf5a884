"""Go's verifier of its own checksum database says the same of a log as ours: where there is a Go toolchain."""

import shutil
import subprocess
from pathlib import Path

import pytest
from onewindow_witness import commands

from .log_writer import Log, entries, leaf

SOURCE = Path(__file__).parent / "stock"
SIZE, OLD, INDEX = 256 * 2 + 77, 300, 123


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    go = shutil.which("go")
    if go is None:
        pytest.skip("no Go toolchain here")
    built = tmp_path_factory.mktemp("go") / "stock"
    run = subprocess.run([go, "build", "-o", str(built), "."], cwd=SOURCE, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        pytest.skip(f"golang.org/x/mod could not be fetched: {run.stderr.strip()[-200:]}")
    return built


class Both:
    """A log in a folder, as two programs judge it that share no line."""

    def __init__(self, checker: Path, folder: Path) -> None:
        self.checker, self.folder = checker, folder
        self.log = Log(entries(SIZE))
        (folder / "before").write_text(self.log.checkpoint(OLD))

    def publish(self, log: Log) -> None:
        shutil.rmtree(self.folder / "log", ignore_errors=True)
        log.publish(self.folder / "log")

    def verdicts(self, digest: bytes) -> tuple[int, int]:
        """Go's and ours; 0 is a yes."""
        place = str(self.folder / "log")
        told = [self.log.key_line, place, str(self.folder / "before"), str(INDEX), digest.hex()]
        go = subprocess.run([str(self.checker), *told], capture_output=True, text=True, check=False).returncode
        memory = self.folder / "memory"
        shutil.rmtree(memory, ignore_errors=True)
        earlier = self.folder / "earlier"
        earlier.mkdir(exist_ok=True)
        old = Log(self.log.leaves[:OLD], self.log.key).publish(earlier)
        key = ["--log-key", self.log.key_line, "--memory", str(memory), "--patience", "0"]
        assert commands.main(["verify", str(old), *key]) == 0
        return go, commands.main(["verify", place, *key])


@pytest.fixture
def both(checker: Path, tmp_path: Path) -> Both:
    return Both(checker, tmp_path)


def test_both_accept_an_honest_log(both: Both) -> None:
    both.publish(both.log)
    assert both.verdicts(both.log.leaves[INDEX]) == (0, 0)


def test_both_reject_a_changed_tile(both: Both) -> None:
    both.publish(both.log)
    file = both.folder / "log/tile/0/000"
    spoiled = bytearray(file.read_bytes())
    spoiled[INDEX * 32] ^= 1
    file.write_bytes(spoiled)
    assert both.verdicts(both.log.leaves[INDEX]) == (1, 1)


def test_both_reject_a_removed_entry_although_the_log_signed_anew(both: Both) -> None:
    leaves = both.log.leaves
    both.publish(Log([*leaves[:INDEX], *leaves[INDEX + 1 :], leaf(b"another")], both.log.key))
    assert both.verdicts(leaves[INDEX]) == (1, 1)


def test_both_reject_a_log_that_was_cut_off(both: Both) -> None:
    both.publish(Log(both.log.leaves[: OLD - 1], both.log.key))
    assert both.verdicts(both.log.leaves[INDEX]) == (1, 1)
