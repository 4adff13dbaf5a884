"""Logs say where something failed, never with which values."""

import json
import subprocess
import sys

NUMBER = "110101199003074514"
# A process of its own, as in production: pytest's own handlers would write into the records first.
SCRIPT = f"""
import logging, structlog
from onewindow_kit.telemetry import configure_logging, correlation_id
configure_logging("housing.api")
correlation_id.set("c-1")
try:
    raise ValueError("Key (number)=({NUMBER}) already exists")
except ValueError as error:
    structlog.get_logger("kit").error("request failed", exc_info=error)
    logging.getLogger("uvicorn.error").exception("failed")
logging.getLogger("asyncio").error("Task exception was never retrieved\\nfuture: <Task exception=%r>", ValueError("{NUMBER}"))
"""


def test_errors_are_told_by_their_place_without_their_values():
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    own, foreign, forgotten = (json.loads(line) for line in run.stderr.splitlines())
    assert own["trace"][0].startswith("ValueError at ")
    assert foreign["trace"] == own["trace"]
    assert (own["correlation"], own["process"]) == ("c-1", "housing.api")
    assert forgotten["event"] == "Task exception was never retrieved"
    assert NUMBER not in run.stderr
