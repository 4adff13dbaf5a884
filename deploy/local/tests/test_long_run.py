"""`./onewindow test --long`: more sequences, no limit of time, and a sign of life while one test runs for hours."""

import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

from onewindow_local.cli.long_run import Progress
from onewindow_local.instance import CHECKOUT

TESTS = """
from hypothesis import given, strategies as st
from onewindow_kit.testing import sequences, thorough

tried = []

@thorough(2)
@given(st.integers())
def test_property(number):
    tried.append(number)

def test_there_were_many(request):
    assert sequences(2) == 100 and len(tried) >= 100
    assert request.config.getoption("timeout") == 0
"""


def onewindow_test(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onewindow_local", "test", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)


def test_a_long_run_tries_fifty_times_as_many_without_a_limit(tmp_path: Path) -> None:
    file = tmp_path / "test_numbers.py"
    file.write_text(TESTS, "utf-8")
    long = onewindow_test("--long", str(file), "-p", "no:cacheprovider")
    assert "2 passed" in long.stdout, long.stdout + long.stderr
    short = onewindow_test(str(file), "-p", "no:cacheprovider")
    assert "1 failed, 1 passed" in short.stdout, short.stdout + short.stderr


def test_the_running_test_is_named_now_and_then() -> None:
    said: list[str] = []
    twice = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 2:
            twice.set()

    progress = Progress(say, every=0.01)
    progress.pytest_collection_finish(SimpleNamespace(items=[1, 2, 3]))  # type: ignore[arg-type]  # all it looks at
    running = progress.pytest_runtest_protocol(SimpleNamespace(nodeid="test_ledger.py::test_sums"))  # type: ignore[arg-type]  # the same
    next(running)
    assert twice.wait(10)
    next(running, None)
    assert said[0].startswith("0/3 done") and said[0].endswith("in test_ledger.py::test_sums")
    assert progress.done == 1 and not any(t.name.endswith("(_tell)") for t in threading.enumerate())
