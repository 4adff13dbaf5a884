"""``python -m gateway api|projector|recorder``: the gateway's processes. Settings are environment variables ``ONEWINDOW_*``."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from onewindow_kit.telemetry import configure_logging

from gateway.settings import GatewaySettings


def add_incident(parser: argparse.ArgumentParser) -> None:
    """Its two steps, each for whoever holds the next key."""
    steps = parser.add_subparsers(dest="step", required=True)
    find = steps.add_parser("find", help="write the report, to be signed")
    find.add_argument("--credential", required=True)
    find.add_argument("--since", required=True, type=datetime.fromisoformat)
    find.add_argument("--until", required=True, type=datetime.fromisoformat)
    find.add_argument("--out", required=True, type=Path)
    introduce = steps.add_parser("introduce", help="whom to tell, a line for each batch")
    introduce.add_argument("report", type=Path)
    introduce.add_argument("--skip", type=int, default=0)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m gateway",
        description="The gateway. Settings are environment variables ONEWINDOW_* (docs/settings.md).",
        epilog="Example: ONEWINDOW_PORT=8700 ONEWINDOW_WORKERS=2 python -m gateway api",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("api", help="the HTTP API, in ONEWINDOW_WORKERS processes on one port")
    projector = commands.add_parser("projector", help="keep the view store up to date from Kafka")
    projector.add_argument("--rebuild", action="store_true", help="make the view anew from the log, then go on")
    projector.add_argument("--once", action="store_true", help="end when the view has caught up")
    recorder = commands.add_parser("recorder", help="store access entries from Kafka in the record, and sign it")
    recorder.add_argument("--once", action="store_true", help="end when all is merged that was there at the start")
    commands.add_parser("canary", help="designate the people on stdin, a JSON object a line")
    incident = commands.add_parser("incident", help="whom a credential reached; for the operator's command line")
    add_incident(incident)
    commands.add_parser("letters", help="tombstone the projector's dead letters about whom stdin names (of an erasure)")
    record = commands.add_parser("record", help="look after the record itself")
    record.add_argument(
        "what",
        choices=("check", "erase"),
        help="check: whether every leaf has its entry, as JSON; erase: forget the people whose pseudonyms stand on stdin",
    )
    worker = commands.add_parser("worker", help="one of the API's processes; started by api")
    worker.add_argument("--listener", type=int, required=True, help="inherited file descriptor of the listening socket")
    worker.add_argument("--parent", type=int, required=True, help="inherited pipe that closes when the parent ends")
    arguments = parser.parse_args()
    settings = GatewaySettings()  # type: ignore[call-arg]  # every setting has a default or comes from the environment
    configure_logging(f"gateway.{arguments.command}", settings.log_level)
    # Parts are imported where they run: the projector needs no web framework.
    match arguments.command:
        case "projector":
            from gateway.projector.run import run

            sys.exit(run(settings, rebuild=arguments.rebuild, once=arguments.once))
        case "recorder":
            from gateway.recorder.run import run as run_recorder

            sys.exit(run_recorder(settings, once=arguments.once))
        case "canary":
            from gateway.access.designation import run as designate

            sys.exit(designate(settings, sys.stdin))
        case "incident":
            from gateway.record.incident.command import run_incident

            sys.exit(run_incident(settings, arguments))
        case "record":
            from gateway.recorder.care import run as care

            sys.exit(care(settings, arguments.what))
        case "letters":
            from gateway.projector.letters import run as forget

            sys.exit(forget(settings, sys.stdin))
        case "worker":
            from gateway.server.worker import run_worker

            sys.exit(run_worker(settings, arguments.listener, arguments.parent))
        case _:
            from gateway.server.api import run_api

            sys.exit(run_api(settings))


if __name__ == "__main__":
    main()
