"""Who steals a disk learns nobody's number, name or address: everything an instance writes is searched for them."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from onewindow_local.demo.city import City
from onewindow_local.demo.flats import flat, owner, sale

from .test_transport import car

# Keys are what a thief would need besides; the file of sample people exists in development only.
NOT_SEARCHED = ("keys", "sample")


def places_of(texts: Iterable[str], folder: Path) -> dict[str, str]:
    """Each of ``texts`` that stands readable in a file below ``folder``, and where."""
    found: dict[str, str] = {}
    wanted = {text: text.encode() for text in texts}
    for file in folder.rglob("*"):
        if file.relative_to(folder).parts[0] in NOT_SEARCHED or not file.is_file() or not file.stat().st_size:
            continue
        for content in written(file):
            for text, raw in wanted.items():
                if content.find(raw) >= 0:
                    found[text] = str(file.relative_to(folder))
    return found


def written(file: Path) -> Iterator[bytes]:
    """What was written into a file; holes that engines reserve and never fill are stepped over."""
    with file.open("rb") as handle:
        end = os.fstat(handle.fileno()).st_size
        at = 0
        while at < end:
            try:
                at = os.lseek(handle.fileno(), at, os.SEEK_DATA)
            except OSError:  # nothing but a hole up to the end
                return
            hole = os.lseek(handle.fileno(), at, os.SEEK_HOLE)
            yield os.pread(handle.fileno(), hole - at, at)
            at = hole


@pytest.fixture
async def lived_in(city: City) -> City:
    """A city in which somebody has bought a flat and a car."""
    seller, buyer = await city.adult("例卖方甲乙"), await city.adult("例买方丙丁")
    selling = await owner(city, seller)
    title = await flat(city, selling)
    registry = await city.registry()
    consents = (selling["pseudonym"],)
    sold = await registry.do(
        f"/v1/titles/{title.urn}/transfer", sale(await owner(city, buyer), consents=consents), at=title.etag
    )
    done = await car(city, buyer)
    await (await city.citizen(buyer)).view(after=sold)
    await (await city.citizen(buyer)).view(after=done)
    return city


def sample(folder: Path) -> set[str]:
    """Numbers, names and addresses of the sample people who stand in a register here."""
    with (folder / "sample" / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["住址"]]
    return {row[column] for row in rows for column in ("公民身份号码", "姓名", "住址")}


async def test_no_number_name_or_address_is_readable_on_disk(lived_in: City):
    opened = lived_in.snapshot("identity")
    private = lived_in.private | sample(lived_in.instance.folder)
    assert len(private) > 100
    assert [text for text in private if text not in opened] == [], "each is really somebody's here"
    assert places_of(private, lived_in.instance.folder) == {}


async def test_the_search_finds_a_name_that_was_let_out(lived_in: City):
    name = next(iter(sorted(lived_in.private)))
    log = lived_in.instance.folder / "logs" / "planted.log"
    log.write_text(f"looked up {name}")
    try:
        assert places_of([name], lived_in.instance.folder) == {name: "logs/planted.log"}
    finally:
        log.unlink()
