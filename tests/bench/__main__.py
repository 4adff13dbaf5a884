"""``python -m tests.bench read|governed|freshness|project|import|write|merge|incident [--json]``; the launcher's ``bench`` calls it."""

from __future__ import annotations

import argparse
import importlib

import uvloop

from tests.bench.report import show

DEFAULTS = {
    "read": {"people": 100_000, "tokens": 10_000, "seconds": 6.0, "rounds": 3},
    "governed": {"people": 20_000, "tokens": 5_000, "seconds": 6.0, "rounds": 3},
    "freshness": {"rate": 300, "seconds": 20.0},
    "project": {"people": 40_000},
    "import": {"rows": 100_000},
    "incident": {"entries": 1_000_000, "people": 100_000},
    "write": {"seconds": 8.0, "rounds": 3},
    "merge": {"entries": 200_000, "seconds": 5.0},
}
MODULES = {"import": "importing"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="./onewindow bench", description="Figures beside their baselines.")
    benches = parser.add_subparsers(dest="name", required=True)
    for name, options in DEFAULTS.items():
        bench = benches.add_parser(name)
        bench.add_argument("--json", action="store_true", help="a JSON object a line")
        for option, value in options.items():
            bench.add_argument(f"--{option}", type=type(value), default=value, help=f"default {value}")
    chosen = vars(parser.parse_args())
    name, as_json = chosen.pop("name"), chosen.pop("json")
    module = importlib.import_module(f"tests.bench.{MODULES.get(name, name)}")
    show(uvloop.run(module.run(**chosen)), as_json=as_json)


if __name__ == "__main__":
    main()
