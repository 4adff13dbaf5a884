"""Writes docs/settings.md from the settings classes: ``python docs/settings.py``; a test compares the two.

A class's attribute docstrings are the texts, its fields' defaults the defaults, so that neither can be forgotten.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_suffix(".md")
CLASSES = (
    ("Every process", "onewindow_kit.settings:Settings"),
    ("Every department", "onewindow_kit.settings:ServiceSettings"),
    ("Identity", "identity.settings:IdentitySettings"),
    ("Housing", "housing.settings:Settings"),
    ("Transport", "transport.settings:Settings"),
    ("Gateway and projector", "gateway.settings:GatewaySettings"),
)
INTRODUCTION = """\
# Settings

A process is told everything by environment variables and reads no file of settings. `./onewindow up` sets them for the
processes of an instance, `./onewindow settings DEPARTMENT` prints them for one that you start yourself, and
`deploy/compose.yaml` shows them in containers. A value that does not fit stops the process at its start and is named.

This page is written by `python docs/settings.py` from the settings classes.
"""
COMMAND_LINE = """\
## The command line

These are read by `./onewindow` and by what it runs; everything else in the environment is passed on to the processes, so
`ONEWINDOW_RATE_LIMIT=500 ./onewindow up` works.

| variable | default | meaning |
|---|---|---|
| `ONEWINDOW_DATA` | `.onewindow` in the checkout | The instance's folder, as `--data`. |
| `ONEWINDOW_CACHE` | `~/.cache/onewindow` | Where downloads are kept between instances and checkouts. |
| `ONEWINDOW_MAVEN` | Maven Central | A mirror from which Kafka's jars are fetched. |
| `ONEWINDOW_PYTHON` | `python3`, else another | The Python (3.11 or newer) that makes `.venv`. |
| `ONEWINDOW_SUPERUSER` | | `python -m onewindow_local.prepare KEYS` only: a superuser's `postgresql://` address. |
| `ONEWINDOW_OWNER` | | The same: the user id that owns the keys it makes. |
| `<DEPARTMENT>_PASSWORD` | | The same: the password of each department's role. |

## Tests

| variable | default | meaning |
|---|---|---|
| `ONEWINDOW_TEST_DATABASE` | an embedded one | A superuser's `postgresql://` address. |
| `ONEWINDOW_TEST_KAFKA` | an embedded one | HOST:PORT. |
| `ONEWINDOW_TEST_INSTANCE` | one of its own | FOLDER:PORT of a running instance for generated requests. |
| `ONEWINDOW_TEST_EXAMPLES` | `8` | How many requests are generated for each operation. |
| `ONEWINDOW_LONG` | set by `test --long` | Fifty times as many random command sequences, new ones in every run. |
| `ONEWINDOW_BENCH_BYTES` | `3000` | Size of the constant answer that reads are measured beside. |
| `ONEWINDOW_FAILED_CHECKS` | set by `test` | Checks that failed before the tests, shown at their end. |
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(table(title, found(name)) for title, name in CLASSES), COMMAND_LINE])


def found(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def table(title: str, settings: Any) -> str:
    """The settings that this class adds to those of the classes that it stands on."""
    rows = [f"| `ONEWINDOW_{name.upper()}` | {default} | {text} |" for name, default, text in added(settings)]
    return "\n".join([f"## {title}", "", "| variable | default | meaning |", "|---|---|---|", *rows, ""])


def added(settings: Any) -> Iterator[tuple[str, str, str]]:
    """Name, default and text of each field; KeyError for one without a text."""
    texts = dict(documented(settings))
    for name in settings.__annotations__:
        if name in settings.model_fields:
            yield name, shown(settings.model_fields[name].get_default(call_default_factory=True)), texts[name]


def documented(settings: Any) -> Iterator[tuple[str, str]]:
    body = ast.parse(textwrap.dedent(inspect.getsource(settings))).body[0].body  # type: ignore[attr-defined]  # a class
    for field, text in itertools.pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            yield field.target.id, " ".join(str(text.value.value).split())  # type: ignore[union-attr]  # a plain name


def shown(default: object) -> str:
    match default:
        case None | "" | []:
            return ""
        case bool():
            return f"`{str(default).lower()}`"
        case dict():
            return " ".join(f"`{value}` ({key})" for key, value in default.items())
        case _:
            return f"`{os.fspath(default) if isinstance(default, Path) else default}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
