"""``onewindow demo look``: a clerk looks at somebody, who reads it a moment later; then root tries to unmake it.

In an instance of its own: the look and the citizen's sentence; the proof, checked by three programs; an entry deleted and
its hash changed on the database's disk; a root signed anew with the record's own stolen key; a log that was cut off.
"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import httpx
from rich.markup import escape

from onewindow_local import kept_entries
from onewindow_local.cli.screen import out
from onewindow_local.demo import stock
from onewindow_local.demo.checkers import Checkers, Told
from onewindow_local.demo.city import Caller, Citizen, City, Person, Refused
from onewindow_local.demo.flats import flat, owner
from onewindow_local.demo.insider import Insider
from onewindow_local.demo.temporary import temporary
from onewindow_local.instance import Instance

PURPOSE, OFFICER = "social-aid.means-test", "social-aid-clerk-7"
FIELDS = ["identity.person.name", "identity.person.standing", "housing.title.address", "housing.title.area_m2"]
SOON = 20.0  # seconds in which everything here must have happened


def run(_: Instance) -> int:
    """0 when the sentence came, the proof held, and everything that root did was found."""
    out.print("A city of its own is started for this; it is thrown away afterwards …")
    with temporary(0) as city:
        found = asyncio.run(show(city))
    out.print("\n[green]Nothing went unseen.[/]" if found else "\n[red]Something went unseen.[/]")
    return int(not found)


async def show(city: City) -> bool:
    """Whether everything went as it should."""
    record = Checkers(city.instance, city.instance.folder.parent / "seen")
    insider = Insider(city.instance)
    person = await city.adult("例被查询")
    home = await flat(city, await owner(city, person))
    window = await city.citizen(person)
    await window.view(after=home)
    clerk = await city.office("social-aid", "gateway", OFFICER)
    entry = await look(clerk, person)
    told = await sentence(window, entry)
    proof = city.instance.folder.parent / "my-entry.json"
    held = await proven(window, entry)
    proof.write_text(json.dumps(held))
    _chapter("The citizen keeps the proof, and checks it", f"GET /v1/me/access-entries/{entry}/proof")
    fine = [
        _report("onewindow verify my-entry.json", record.entry(proof), 0),
        _report("onewindow verify", record.verify(), 0),
        _report(f"{stock.NAME}, a verifier of other people", record.by_others(proof), 0),
        _report("docs/verify_entry.py, one page of Python", record.by_hand(proof), 0),
    ]
    return all([told, *fine, *await deeds(record, insider, entry, proof, held["index"])])


async def look(clerk: Caller, person: Person) -> str:
    """An officer of the social aid centre looks; the entry's name, from the answer's header."""
    _chapter("A clerk of the Social Aid Centre looks at a citizen's flats", f"{OFFICER}, purpose {PURPOSE}")
    subject = {"scheme": person.scheme, "number": person.number, "name": person.name}
    answer = await clerk.client.post("/v1/views", json={"purpose": PURPOSE, "subject": subject, "fields": FIELDS})
    if not answer.is_success:
        raise Refused(answer)
    seen = answer.json()["sections"]
    out.print(f"  sees {sum(len(each['records']) for each in seen)} records, of each the fields of the purpose")
    return answer.headers["Onewindow-Entry"]


async def sentence(window: Citizen, entry: str) -> bool:
    """Whether the citizen reads of it within a second."""
    began = time.monotonic()
    told = await _until(lambda: window.client.get(f"/v1/me/access-entries/{entry}"))
    seconds = time.monotonic() - began
    _chapter("On the citizen's terminal", f"{seconds:.2f} s later")
    out.print(f"  [bold]{escape(told['text']['zh'])}[/]")
    out.print(f"  [bold]{escape(told['text']['en'])}[/]")
    return seconds < 1


async def proven(window: Citizen, entry: str) -> Any:
    """The proof, once the witness has cosigned its checkpoint."""

    def cosigned(told: Any) -> bool:
        return told["checkpoint"].count("\n— ") > 1

    return await _until(lambda: window.client.get(f"/v1/me/access-entries/{entry}/proof"), cosigned)


async def deeds(record: Checkers, insider: Insider, entry: str, proof: Path, index: int) -> list[bool]:
    """Whether each deed of root's was found: by our verifier, and by a stock one."""
    _chapter("Root deletes the entry, and its hash, on the database's disk", f"delete from entry where id = '{entry}'")
    row = await insider.delete_entry(entry)
    honest = await insider.leaves()
    await insider.overwrite_leaf(index, bytes(32))
    found = [
        _report("onewindow verify", record.verify(), 1),
        _report(stock.NAME, record.by_others(proof), 1),
        _kept(record.instance, sound=False),
        _report("the citizen's proof of before", record.entry(proof), 0),
    ]
    await insider.overwrite_leaf(index, honest[index])
    await insider.put_entry(row)
    _chapter("Root takes the log's own key, removes the leaf and signs a new root", "shown to everybody from now on")
    without = [*honest[:index], *honest[index + 1 :]]
    forged = [*without, *(bytes([n + 1]) * 32 for n in range(len(honest) - len(without)))]
    note = insider.sign(forged)
    place = insider.publish(forged, note, record.memory.parent / "forged")
    body = f"old {len(honest)}\n\n{note}".encode()
    async with httpx.AsyncClient() as client:
        refused = await client.post(f"{record.instance.url('witness')}/add-checkpoint", content=body)
    out.print(f"  [yellow]the witness: {refused.status_code}[/], and keeps both signed checkpoints as evidence")
    found += [
        refused.status_code == 409,
        _report("onewindow verify", record.verify(place=place), 1),
        _report(stock.NAME, record.by_others(proof, place), 1),
    ]
    _chapter("Root serves the log of before, which log and witness really signed", "the newest entries are cut off")
    size, old = (await insider.cosigned())[0]
    place = insider.publish(honest[:size], old, record.memory.parent / "old")
    found.append(_report("onewindow verify", record.verify(place=place), 1))
    _chapter("All as it was again", "")
    return [*found, _report("onewindow verify", record.verify(), 0), _kept(record.instance, sound=True)]


async def _until(ask: Any, fits: Any = lambda told: True) -> Any:
    """The JSON of the first answer that is there and fits."""
    end = asyncio.get_running_loop().time() + SOON
    while True:
        answer = await ask()
        if answer.is_success and fits(answer.json()):
            return answer.json()
        assert asyncio.get_running_loop().time() < end, f"still {answer.status_code}: {answer.text[:300]}"
        await asyncio.sleep(0.02)


def _chapter(text: str, detail: str) -> None:
    out.print(f"\n[bold yellow]{escape(text)}[/]  [dim]{escape(detail)}[/]")


def _kept(instance: Instance, *, sound: bool) -> bool:
    """Whether the record itself says what it should of the entries behind the hashes."""
    kept = kept_entries.examine(instance)
    out.print(f"  the record itself: [yellow]{escape(kept.line() if kept else 'nothing')}[/]")
    return kept is not None and kept.sound == sound


def _report(who: str, told: Told, expected: int) -> bool:
    """What a verifier said; whether it is what it should have said."""
    said = (told.stdout or told.stderr).strip().splitlines() or ["nothing"]
    lines = (
        [line for line in said if line.startswith("NO")]
        or [line for line in said if line.startswith("yes")]
        or said[:1]
    )
    colour = "green" if told.returncode == 0 else "yellow"
    out.print(f"  {escape(who)}: [{colour}]{escape('; '.join(lines))}[/]")
    return told.returncode == expected
