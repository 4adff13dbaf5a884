"""A clerk's credential leaked: whom it reached is known exactly, signed, and told to each of them, and to nobody else."""

import json
from pathlib import Path
from typing import Any

from onewindow_kit.testing import eventually
from onewindow_local.demo.city import City, Person

from .clerks import OFFICE, Clerk
from .conftest import Nodes

MANY = 3


async def test_everybody_whom_a_leaked_credential_reached_is_found_and_told_once_and_nobody_else(nodes: Nodes):
    city = nodes.city
    people = [await city.adult(f"例泄{n}") for n in "甲乙丙丁"]
    reached, spared = people[:MANY], people[MANY]
    clerk = await Clerk.new(nodes, "leaked")
    for number, person in enumerate(reached):
        await eventually(lambda p=person, n=number: _shown(clerk, p, n % 2), within=30)
    assert (await clerk.ask(_named(spared) | {"name": "王不对"}, 0))[0] == 404
    report = await _report(city, clerk)
    assert report["counts"]["citizens"] == MANY
    assert report["counts"]["outcomes"]["answered"] == MANY and report["counts"]["outcomes"]["not-found"] >= 1
    assert report["matched"]["officers"] == [clerk.name] and report["matched"]["as"] == ["actor"]
    fields = {json.dumps(report["fields"][each["fields"]]) for each in report["citizens"]}
    assert fields == {'{"identity.person": ["name"]}'}
    file = city.instance.folder / "incidents" / f"{report['id']}.json"
    assert not any(person.number in file.read_text() or person.name in file.read_text() for person in people)
    draft = file.with_suffix(".md").read_text()
    assert f"{MANY}人" in draft and f"{MANY} people" in draft

    city.onewindow("incident", "--check", str(file))
    for again in ("first", "after it was broken off"):
        city.onewindow("incident", "--notify", str(file), "--confirm", str(MANY))
        for person in reached:
            assert len(await eventually(lambda p=person: _notices(city, p, report["id"]), within=30)) == 1, again
    assert await _notices(city, spared, report["id"]) == []

    _tampered(file)
    try:
        city.onewindow("incident", "--notify", str(file), "--confirm", str(MANY - 1))
    except AssertionError as refused:
        assert "not genuine" in str(refused)
    else:
        raise AssertionError("a report that was changed was acted on")


def _named(person: Person) -> dict[str, str]:
    return {"scheme": person.scheme, "number": person.number, "name": person.name}


async def _shown(clerk: Clerk, person: Person, node: int) -> bool:
    """A newcomer is in each node's view a moment after being registered."""
    return (await clerk.ask(_named(person), node))[0] == 200


async def _report(city: City, clerk: Clerk) -> dict[str, Any]:
    """The report, once the record holds all that was looked at."""

    async def whole() -> dict[str, Any] | None:
        told = city.onewindow("incident", "--credential", f"{OFFICE}/{clerk.name}", "--since", "2020-01-01", "--json")
        said = json.loads(told)
        return said if said["counts"]["outcomes"].get("answered", 0) >= MANY else None

    said = await eventually(whole, within=30, every=0.2)
    return json.loads((city.instance.folder / "incidents" / f"{said['id']}.json").read_text())


async def _notices(city: City, person: Person, reference: str) -> list[dict[str, Any]]:
    citizen = await city.citizen(person)
    return [each for each in await citizen.records("oversight.notice") if each["body"]["reference"] == reference]


def _tampered(file: Path) -> None:
    content = json.loads(file.read_text())
    content["citizens"].pop()
    file.write_text(json.dumps(content))
