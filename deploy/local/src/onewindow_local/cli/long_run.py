"""A pytest plugin for hours of random sequences: says now and then which test runs, for how long, and how many are done."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest

EVERY = 20.0  # seconds


class Progress:
    """Tells ``say`` a line about the test that is running, every ``every`` seconds while one is."""

    def __init__(self, say: Callable[[str], object], every: float = EVERY) -> None:
        self.say, self.every = say, every
        self.done = self.total = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.total = len(session.items)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        over = threading.Event()
        teller = threading.Thread(target=self._tell, args=(item.nodeid, over), daemon=True)
        teller.start()
        yield
        over.set()
        teller.join()
        self.done += 1

    def _tell(self, name: str, over: threading.Event) -> None:
        began = time.monotonic()
        while not over.wait(self.every):
            minutes, seconds = divmod(int(time.monotonic() - began), 60)
            self.say(f"{self.done}/{self.total} done, {minutes} min {seconds:02} s in {name}")


# A plugin named by -p is imported before pytest begins to capture: this is where its own lines go.
SCREEN = os.dup(2)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Progress(lambda line: os.write(SCREEN, f"\n{line}\n".encode())), "onewindow-long-run")
