"""The sample organisations of an instance, as its sample file tells them."""

import json
from dataclasses import dataclass
from pathlib import Path

from onewindow_local.instance import Instance


@dataclass(frozen=True)
class Organisation:
    """`code` is the unified social credit code; `representative` the name of the sample person who acts for it."""

    ref: str
    sentence: str
    code: str
    name: str
    representative: str


def file_of(instance: Instance) -> Path:
    return instance.people_file.with_name("organisations.json")


def read(instance: Instance) -> list[Organisation]:
    """Those with a name on the command line; empty when no sample was loaded."""
    file = file_of(instance)
    return [Organisation(**entry) for entry in json.loads(file.read_text())] if file.exists() else []


def find(instance: Instance, ref: str) -> Organisation | None:
    return next((each for each in read(instance) if ref in (each.ref, each.code)), None)
