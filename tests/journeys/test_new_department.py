"""A fourth department comes to a running city: nothing is restarted but what its own citizens' commands need."""

import asyncio
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from onewindow_contracts.loader import HOME
from onewindow_kit.keyring import Keyring, NoKey
from onewindow_kit.testing import eventually
from onewindow_local import operators_port
from onewindow_local.demo.city import Citizen, City, Done, Person, Refused
from onewindow_local.instance import CHECKOUT, Instance
from onewindow_local.purposes import LOOKS
from onewindow_local.tokens import Refused as NoToken

from .conftest import free_block

CONTRACTS = CHECKOUT / "tests/contracts/parks"
SERVICE = CHECKOUT / "tests/departments/parks/src"
TOPIC = "parks.allotment.v1"
OFFICE, PURPOSE = "parks-office", "parks-office.rent"


@pytest_asyncio.fixture(loop_scope="session")
async def town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[City]:
    """A city of its own with a second contracts folder, empty as yet: the others must not see the newcomer."""
    folder = Path(tempfile.mkdtemp(prefix="ow-parks-"))
    (folder / "contracts").mkdir()
    monkeypatch.setenv("ONEWINDOW_CONTRACTS", os.pathsep.join([str(HOME), str(folder / "contracts")]))
    monkeypatch.setitem(LOOKS, OFFICE, PURPOSE)
    town = City(Instance(folder / "data", free_block()))
    try:
        town.onewindow("up", "--detach", "--people", "0")
        yield town
    finally:
        town.onewindow("down")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def parks(town: City) -> Iterator[None]:
    """The department's process, told what `settings` prints and nothing else."""
    printed = town.onewindow("settings", "parks").splitlines()
    told = dict(shlex.split(line)[1].split("=", 1) for line in printed)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SERVICE)} | told
    with (town.instance.folder / "logs/parks.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "parks", "all"], env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


async def section(window: Citizen, after: Done | None = None) -> dict[str, Any] | None:
    """The newcomer's part of the window; None while there is none, or not yet what ``after`` wrote."""
    try:
        view = await window.view(after=after)
    except Refused as refused:
        assert refused.code == "unavailable"
        return None
    return next((each for each in view["sections"] if each["section"] == "parks"), None)


async def named(town: City, person: Person) -> str | None:
    """The person's name in the new sector; None while identity does not know the sector or its office's purpose."""
    try:
        return await town.pseudonym(person, OFFICE)
    except Refused as refused:
        assert refused.code in ("person-not-found", "purpose-unknown")
        return None
    except NoToken:
        return None


async def test_a_department_brings_its_folder_and_its_process(town: City):
    gardener = await town.adult("例园丁")  # known to identity before the sector was
    window = await town.citizen(gardener)
    assert await section(window) is None

    await asyncio.to_thread(shutil.copytree, CONTRACTS, town.instance.folder.parent / "contracts", dirs_exist_ok=True)
    empty = await eventually(lambda: section(window), every=0.1)
    assert empty["title"] == {"zh": "园林", "en": "Parks"}
    assert empty["records"] == {} and empty["stale"] and empty["as_of"] is None
    keys = town.instance.keys
    await eventually((keys / "parks.json").exists, every=0.1)
    own, gateways = (Keyring.load(keys / f"{holder}.json").topic_current(TOPIC) for holder in ("parks", "gateway"))
    assert own == gateways
    with pytest.raises(NoKey):
        Keyring.load(keys / "housing.json").topic_current(TOPIC)

    holder = await eventually(lambda: named(town, gardener), every=0.1)
    with parks(town):
        assert await operators_port.until_ready(town.instance.ops_port("parks"), 20)
        office = await town.office(OFFICE, "parks")
        granted = await office.do("/v1/allotments", {"holder": holder, "plot": "B12"})
        with pytest.raises(Refused) as refused:
            await office.do("/v1/allotments", {"holder": holder, "plot": "B12"})
        assert refused.value.code == "allotment-taken"
        shown = await eventually(lambda: section(window, after=granted))
        assert not shown["stale"]
        (allotment,) = shown["records"]["parks.allotment"]
        assert allotment["body"] == {"plot": "B12", "kind": "vegetable", "rent_fen": 36000, "note": None}
        assert allotment["you"][0]["role"] == "holder"

        asked = {"purpose": PURPOSE, "subject": {"pseudonym": holder}, "fields": ["parks.allotment.kind"]}
        seen = (await (await town.office(OFFICE, "gateway")).do("/v1/views", asked)).body["sections"]
        assert [each["body"] for each in seen[0]["records"]] == [{"kind": "vegetable"}]

        # Only the way for citizens' commands is a setting, the department's address, and read at a start.
        town.onewindow("restart", "gateway")
        ended = await window.command("parks", "endAllotment", at=granted.etag, path={"urn": granted.urn})
        gone = await eventually(lambda: section(window, after=ended))
        assert gone["records"] == {}
