"""What docs/trust.md promises is held by tests that are there."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_promise_names_a_test_that_is_there():
    table = [line for line in (DOCS / "trust.md").read_text().splitlines() if line.startswith("| **")]
    assert len(table) > 10
    for line in table:
        links = re.findall(r"\]\(([^)#]+)\)", line.split("|")[3])
        assert links, line
        assert all((DOCS / link).exists() for link in links), line
