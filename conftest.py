"""What a whole test run stands on: one legal day, and engines, the ones that the environment names or a pair of our own."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from onewindow_kit.clock import LEGAL_DAY, today

import gateway  # noqa: F401 (pytest would otherwise make a namespace of the folder of that name and hide the package)

SETTINGS = ("ONEWINDOW_TEST_DATABASE", "ONEWINDOW_TEST_KAFKA")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep the day at the office as it is now; start PostgreSQL and Kafka in a temporary folder and export where they are."""
    _pin_the_day(session.config)
    if session.config.option.collectonly or all(os.environ.get(name) for name in SETTINGS):
        return
    # Imported here: a run against engines of one's own needs nothing from the local deployment.
    from onewindow_local.engines import ports
    from onewindow_local.engines.pair import EnginePair

    folder = Path(tempfile.mkdtemp(prefix="ow-tests-"))
    postgres, kafka, controller = ports.ephemeral(3)
    pair = EnginePair.at(folder, postgres_port=postgres, kafka_port=kafka, controller_port=controller)
    asyncio.run(pair.start())
    os.environ.update(pair.environment())

    def finish() -> None:
        for name in SETTINGS:
            os.environ.pop(name, None)
        asyncio.run(pair.stop())
        shutil.rmtree(folder, ignore_errors=True)

    session.config.add_cleanup(finish)


def _pin_the_day(config: pytest.Config) -> None:
    """A run that passes midnight at the office would otherwise expect yesterday's dates of services that have today's."""
    folder = Path(tempfile.mkdtemp(prefix="ow-day-"))
    (folder / "legal-day").write_text(today().isoformat())
    os.environ[LEGAL_DAY] = str(folder / "legal-day")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what failed before the tests, so that it is not scrolled away; the last line stays pytest's own."""
    if failed := os.environ.get("ONEWINDOW_FAILED_CHECKS"):
        terminalreporter.section("checks that failed before the tests", red=True)
        terminalreporter.write_line(failed)
