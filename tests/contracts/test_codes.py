"""Problem codes: what a service can raise is what its contract explains, word for word, and the other way round."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from onewindow_contracts.documents import parse
from onewindow_contracts.loader import HOME
from onewindow_kit import problems
from onewindow_kit.problems import Problem

SERVICES = ("identity", "housing", "transport", "oversight", "gateway")


def import_all(package: str) -> None:
    """Every module, so that every problem class is known; command lines are not for importing."""
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def raised_by(package: str) -> dict[str, type[Problem]]:
    """The problem classes that ``package`` defines, by code."""

    def walk(cls: type[Problem]) -> list[type[Problem]]:
        return [cls, *(deeper for sub in cls.__subclasses__() for deeper in walk(sub))]

    own = [c for c in walk(Problem) if c.__module__.partition(".")[0] == package and "code" in vars(c)]
    return {cls.code: cls for cls in own}


def explained_in(name: str) -> dict[str, tuple[int, str, str]]:
    files = [HOME / f"openapi/{name}.v1.yaml", *(HOME / "openapi" / name).glob("*.yaml")]
    catalogue = {code: entry for file in files for code, entry in parse(file).get("x-problem-catalogue", {}).items()}
    return {code: (entry["status"], entry["title"]["en"], entry["remedy"]["en"]) for code, entry in catalogue.items()}


def said_by(classes: dict[str, type[Problem]]) -> dict[str, tuple[int, str, str]]:
    return {code: (cls.status, cls.title, cls.remedy) for code, cls in classes.items()}


def test_the_shared_codes_are_the_kits() -> None:
    kit, explained = raised_by("onewindow_kit"), explained_in("common")
    assert {code for code, cls in kit.items() if cls.__module__ == problems.__name__} <= explained.keys()
    said = said_by(kit)
    shared = said.keys() & explained.keys()
    assert {code: said[code] for code in shared} == {code: explained[code] for code in shared}


@pytest.mark.parametrize("department", SERVICES)
def test_codes_raised_equal_codes_explained(department: str) -> None:
    import_all(department)
    assert said_by(raised_by(department)) == explained_in(department)


@pytest.mark.parametrize("department", SERVICES)
def test_a_code_means_one_thing(department: str) -> None:
    import_all(department)
    shared = set(explained_in("common"))
    assert not shared & set(raised_by(department))
