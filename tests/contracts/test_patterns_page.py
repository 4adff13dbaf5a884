"""What docs/patterns.md quotes stands in the file that it names, in that order; every path it names is there."""

import re
from itertools import chain

import pytest
from onewindow_local.instance import CHECKOUT

PAGE = (CHECKOUT / "docs/patterns.md").read_text()
QUOTED = re.compile(r"^ *```(?:python|yaml|json) (\S+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
EXCERPTS = QUOTED.findall(PAGE)
PATH = re.compile(r"`((?:contracts|services|tests|docs)/[\w./-]+)`")


@pytest.mark.parametrize(("file", "excerpt"), EXCERPTS, ids=[file.rpartition("/")[2] for file, _ in EXCERPTS])
def test_an_excerpt_is_what_its_file_says(file: str, excerpt: str):
    text = [line.strip() for line in (CHECKOUT / file).read_text().splitlines()]
    place = 0
    for part in excerpt.split("…\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        found = [at for at in range(place, len(text)) if text[at : at + len(lines)] == lines]
        assert found, f"{file} no longer has, after line {place}: {lines}"
        place = found[0] + len(lines)


def test_every_path_that_is_named_is_there():
    assert len(EXCERPTS) > 10
    named = set(chain(PATH.findall(PAGE), (file for file, _ in EXCERPTS)))
    assert [path for path in sorted(named) if not (CHECKOUT / path).exists()] == []
