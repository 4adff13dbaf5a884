"""docs/settings.md is what the settings classes say, and names every variable that anything here reads."""

import re
import runpy
from pathlib import Path

from onewindow_local.instance import CHECKOUT

DOCS = CHECKOUT / "docs"
SOURCES = ("onewindow", "conftest.py", "deploy/**/*.py", "deploy/**/*.yaml", "kit/src/**/*.py", "gateway/src/**/*.py")
MORE = ("services/*/src/**/*.py", "contracts/src/**/*.py", "tests/**/*.py")
VARIABLE = re.compile(r"ONEWINDOW_[A-Z][A-Z_]*[A-Z]")


def test_the_page_is_what_the_classes_say():
    written = runpy.run_path(str(DOCS / "settings.py"))["page"]()
    assert (DOCS / "settings.md").read_text() == written, "run: python docs/settings.py"


def test_every_variable_that_is_read_is_explained():
    explained = set(VARIABLE.findall((DOCS / "settings.md").read_text()))
    files: list[Path] = [file for pattern in SOURCES + MORE for file in CHECKOUT.glob(pattern)]
    read = {name for file in files for name in VARIABLE.findall(file.read_text())}
    assert len(read) > 20
    assert read - explained == set()
