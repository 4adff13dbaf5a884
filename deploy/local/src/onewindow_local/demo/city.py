"""A running instance as its people meet it: offices with their own credentials, citizens logged in; for demos and tests."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
from onewindow_kit.clock import LEGAL_DAY, today
from onewindow_kit.dpop.bound import Bound
from stdnum.cn import ric

from onewindow_local import purposes
from onewindow_local.environment import addresses, service_environment
from onewindow_local.instance import CHECKOUT, Instance
from onewindow_local.tokens import Issuer

DIVISION, OTHER_DIVISION = "330106", "330108"  # Xihu and Binjiang, districts of Hangzhou


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the population office knows them; ``id`` is the identity-sector pseudonym."""

    id: str
    name: str
    number: str
    scheme: str = "cn-id"


class Named(Protocol):
    """Whoever can be looked up by number and name together: a person, an organisation."""

    @property
    def scheme(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Done:
    """A command's answer: its JSON, the versions it wrote, its ETag."""

    body: Any
    written: str
    etag: str | None

    @property
    def urn(self) -> str:
        """Of the record that was made or changed; of the case, where a department answers with a receipt for it."""
        return self.body["urn"] if "urn" in self.body else self.body["case"]


class Refused(AssertionError):
    """A command was answered with a problem; ``code`` is its stable code."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:600]}")
        self.status = answer.status_code
        self.code = answer.json().get("code", "") if "json" in answer.headers.get("content-type", "") else ""


GOOD_FOR = 300.0
"""Seconds after which an office asks for a new token: half of what one lives at most."""


class Caller:
    """Somebody with a token at one service."""

    def __init__(self, base: str, granted: str | Bound) -> None:
        """``granted``: a bearer's token, or an office's with its key."""
        bound = granted if isinstance(granted, Bound) else None
        self.token = granted if bound is None else bound.token
        # Idle connections go before the server closes them: one that goes at that very moment looks like a failure.
        limits = httpx.Limits(keepalive_expiry=2)
        headers = {} if bound else {"Authorization": f"Bearer {self.token}"}
        self.client = httpx.AsyncClient(base_url=base, headers=headers, auth=bound, timeout=20, limits=limits)

    async def get(self, path: str, **headers: str) -> Any:
        answer = await self.client.get(path, headers=headers)
        if not answer.is_success:
            raise Refused(answer)
        return answer.json()

    async def do(self, path: str, body: Any = None, *, at: str | None = None) -> Done:
        """POST a command; ``at`` is the ETag that it changes."""
        headers = {"Idempotency-Key": f"journey-{secrets.token_hex(8)}"}
        if at is not None:
            headers["If-Match"] = at
        answer = await self.client.post(path, json={} if body is None else body, headers=headers)
        if not answer.is_success:
            raise Refused(answer)
        written = answer.headers.get("Onewindow-Version", "")
        return Done(answer.json() if answer.content else None, written, answer.headers.get("ETag"))


class Citizen(Caller):
    """Somebody looking through their window."""

    async def view(self, *, after: Done | None = None, **query: str) -> dict[str, Any]:
        """The view; with ``after`` it is at least as new as that command."""
        headers = {"Onewindow-Version": after.written} if after and after.written else {}
        answer = await self.client.get("/v1/me/view", params=query, headers=headers)
        if not answer.is_success:
            raise Refused(answer)
        return answer.json()

    async def records(self, record_type: str, *, after: Done | None = None) -> list[dict[str, Any]]:
        """The records of one type in the view, e.g. ``housing.title``."""
        view = await self.view(after=after)
        return [r for section in view["sections"] for r in section["records"].get(record_type, [])]

    async def command(self, department: str, operation: str, *, at: str | None = None, **parts: Any) -> Done:
        """A command through the gateway; ``parts`` are path, query and body."""
        return await self.do(f"/v1/me/commands/{department}/{operation}", parts, at=at)


class City:
    """The people and offices of one instance."""

    def __init__(self, instance: Instance, environment: Mapping[str, str] | None = None) -> None:
        self.instance = instance
        self.environment = dict(environment or {})
        """What the instance is started with, beside what this process was."""
        self.issuer = Issuer(instance)
        self.on_duty: str | None = None
        """The officer who acts at every office where none is named; an officer's budget is an hour's by the clock."""
        self.private: set[str] = set()
        """Numbers, names and addresses that were handed in: none of them may be readable on disk."""
        self._households: dict[str, str] = {}
        self._offices: dict[tuple[str | None, ...], tuple[float, Caller]] = {}

    def onewindow(self, *arguments: str) -> str:
        """Run a command of the launcher's package on this instance; its output."""
        where = ("--data", str(self.instance.folder), "--port", str(self.instance.port))
        command = [sys.executable, "-m", "onewindow_local", *arguments, *where]
        told = os.environ | self.environment
        done = subprocess.run(command, cwd=CHECKOUT, env=told, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def today(self) -> date:
        """The day at its offices."""
        file = self.environment.get(LEGAL_DAY)
        return today() if file is None else date.fromisoformat(Path(file).read_text())

    def pass_to(self, day: date) -> None:
        """Let it be `day` at every office from now on; of an instance with a legal day of its own (see ``temporary``)."""
        file = Path(self.environment[LEGAL_DAY])
        fresh = file.with_suffix(".new")
        fresh.write_text(day.isoformat())
        fresh.replace(file)

    async def until(self, holds: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
        """Wait for what one department must hear from another."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not await holds():
            assert asyncio.get_running_loop().time() < deadline, "a department has not heard of it"
            await asyncio.sleep(0.05)

    def snapshot(self, department: str) -> str:
        """Every record of a department, opened by its own key: JSON Lines from its own command."""
        environment = service_environment(self.instance, addresses(self.instance), department)
        command = [sys.executable, "-m", department, "snapshot"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True).stdout

    async def office(
        self,
        name: str,
        at: str,
        officer: str | None = None,
        *,
        unit: str | None = None,
        purpose: str | None = None,
        case: str | None = None,
    ) -> Caller:
        """The office ``name`` (an authority's local name) calling the service ``at``; ``officer`` of ``unit`` acts there.

        ``purpose`` and ``case`` are what it looks for, by default what it calls that service for (``purposes.of``).
        """
        officer = officer or self.on_duty
        key = (name, at, officer, unit, purpose, case)
        until, caller = self._offices.get(key, (0.0, None))
        if caller is None or until < time.monotonic():
            stated = {"purpose": purpose or purposes.of(name, at), "case": case, "officer": officer, "unit": unit}
            granted = await asyncio.to_thread(self.issuer.office, f"demo.{name}", **stated)
            caller = Caller(self.instance.url(at), granted)
            self._offices[key] = time.monotonic() + GOOD_FOR, caller
        return caller

    async def population(self, officer: str | None = None) -> Caller:
        return await self.office("population-office", "identity", officer)

    async def registry(self) -> Caller:
        return await self.office("title-registry", "housing")

    async def vehicles(self) -> Caller:
        return await self.office("vehicle-administration", "transport")

    async def pseudonym(self, person: Named, office: str) -> str:
        """The person's pseudonym in the sector of ``office``, asked for by that office."""
        caller = await self.office(office, "identity")
        asked = {"scheme": person.scheme, "number": person.number, "name": person.name}
        answer = await caller.client.post("/v1/pseudonyms", json=asked)
        if not answer.is_success:
            raise Refused(answer)
        return answer.json()["pseudonym"]

    async def citizen(self, person: Person) -> Citizen:
        """``person`` logged in at the issuer's page, as any front-end does it."""
        file = self.instance.people_file
        known = json.loads(file.read_text()) if file.exists() else []
        ref = f"journey-{secrets.token_hex(4)}"
        sentence = {"sentence_en": "On a journey.", "sentence_zh": "旅程中的人。"}
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_suffix(".new")  # the issuer may be reading: it must never meet half a file
        fresh.write_text(json.dumps([*known, {"ref": ref, "number": person.number, "name": person.name, **sentence}]))
        fresh.replace(file)
        granted = await asyncio.to_thread(self.issuer.citizen, ref)
        return Citizen(self.instance.url("gateway"), granted["access_token"])

    async def representative(self, citizen: Citizen, organisation: str) -> Citizen:
        """The window of an organisation (its unified social credit code), through who represents it."""
        granted = await asyncio.to_thread(self.issuer.representative, citizen.token, organisation)
        return Citizen(self.instance.url("gateway"), granted["access_token"])

    async def adult(
        self, name: str = "例甲", *, division: str = DIVISION, born: date | None = None, sex: str = "1"
    ) -> Person:
        """An adult from elsewhere who opened a family register here, as its head."""
        person = await self.newcomer(name, born, sex=sex)
        lane = f"示例路{secrets.randbelow(900) + 100}号"
        self.private |= {lane}
        place = {"kind": "family", "division": division, "address": lane, "neighbourhood": f"{division}001001"}
        opened = await (await self.population()).do("/v1/households", {"place": place, "head": person.id})
        self._households[person.id] = opened.urn
        return person

    async def newcomer(self, name: str, born: date | None = None, *, sex: str = "1") -> Person:
        """Somebody whose permanent registration is elsewhere."""
        # Not all on one day: a day has five hundred numbers, and no two may meet.
        born = born or self.today() - timedelta(days=365 * 35 + secrets.randbelow(1000))
        entries = {"name": name, "sex": sex, "birth_date": born.isoformat(), "ethnic_group": "01"}
        number = {"scheme": "cn-id", "number": citizen_number(born, sex), "standing": "elsewhere"}
        self.private |= {name, number["number"]}
        return person_of(await (await self.population()).do("/v1/admissions", entries | number))

    def household_of(self, person: Person) -> str:
        """The URN of the register that ``adult`` opened for the person."""
        return self._households[person.id]

    async def registered_late(self, name: str, born: date, **place: str) -> tuple[Person, Done]:
        """A person without papers, entered by what an inquiry found; and the command's answer."""
        office = await self.population()
        done = await office.do(
            "/v1/late-registrations",
            {
                "category": "other",
                "evidence": [{"kind": "inquiry-report", "reference": "调查2026-1"}],
                "name": name,
                "sex": "2",
                "birth_date": born.isoformat(),
                "ethnic_group": "01",
                "birth_division": DIVISION,
            }
            | place,
        )
        return person_of(done), done


def citizen_number(born: date, sex: str = "1") -> str:
    """A random number of somebody born that day in Xihu, with its check digit (GB 11643); odd ones are men's."""
    body = f"{DIVISION}{born:%Y%m%d}{secrets.randbelow(500) * 2 + (sex == '1'):03}"
    return body + ric.calc_check_digit(body + "0")


def person_of(done: Done) -> Person:
    """The person that a command of the population office answered with."""
    body = done.body
    number = next(each["body"]["number"] for each in body["identifications"] if each["body"]["scheme"] == "cn-id")
    return Person(body["person"], body["entries"]["name"], number)
