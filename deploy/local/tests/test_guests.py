"""Departments beside the instance's own: each keeps its place, and its contracts are looked at together with ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from onewindow_local.errors import LocalError
from onewindow_local.instance import CHECKOUT, CONTENTS, PORTS_SPAN, SERVICES, WITHOUT_API, Instance

PARKS = CHECKOUT / "tests/contracts/parks"


def test_each_keeps_its_ports_and_the_one_too_many_is_told(tmp_path: Path):
    instance = Instance(tmp_path, 9000)
    guests = ["parks", "archives", "schools", "clinics", "courts"]
    for name in (*guests, "parks", "housing"):
        instance.admit(name)
    assert Instance(tmp_path, 9000).guests == guests
    apis = [instance.api_port(name) for name in (*SERVICES, *guests) if name not in WITHOUT_API]
    taken = [*apis, *(instance.ops_port(name) for name in (*SERVICES, *guests) if name != "witness")]  # it has one port
    taken += [instance.kafka_port, instance.controller_port, instance.postgres_port]
    assert len(set(taken)) == len(taken)
    assert min(taken) == 9000 and max(taken) == 9000 + PORTS_SPAN
    with pytest.raises(LocalError, match="no port left for museums"):
        instance.admit("museums")
    assert {entry.name for entry in tmp_path.iterdir()} <= set(CONTENTS)  # a purge takes it along


@pytest.mark.parametrize("mended", [False, True])
def test_lint_looks_at_one_more_folder(tmp_path: Path, mended: bool):
    folder = tmp_path / "parks"
    shutil.copytree(PARKS, folder)
    file = folder / "topics/parks.allotment.v1.yaml"
    if not mended:
        file.write_text(file.read_text().replace("producers: [parks]", "producers: [lakes]"))
    command = [sys.executable, "-m", "onewindow_local", "contracts", "lint", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "ONEWINDOW_CONTRACTS"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert ("parks.allotment.v1.yaml" in run.stderr) is not mended
