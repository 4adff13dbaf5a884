"""What a leaked credential reached is known exactly: everybody, every field, nobody else."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from gateway.record.incident import command, words
from gateway.record.incident import report as reports
from gateway.record.incident.finding import CredentialUnknown, find
from gateway.record.incident.report import report
from gateway.record.sealing import RecordSealer

from .library import Log, opened

TODAY = date(2026, 11, 24)
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
OUTCOMES = ("answered", "answered", "answered", "not-modified", "refused", "not-found")
RECORDS = (
    {"identity.person": ["name"]},
    {"identity.person": ["name", "standing"], "housing.title": ["use"]},
    {"housing.title": ["*"]},
)
WHOLE = {"housing.title": ("use", "address", "area_m2")}


@dataclass
class Told:
    """What was written, kept by the test beside the record."""

    log: Log
    looks: list[dict[str, Any]] = field(default_factory=list)

    async def look(self, subject: str | None, **said: Any) -> None:
        await self.log.look(subject, **said)
        self.looks.append({"subject": subject} | said)

    async def report(self, credential: str, since: datetime = ALWAYS[0], until: datetime = ALWAYS[1]) -> dict[str, Any]:
        connection = await self.log.connect()
        try:
            found = await find(
                connection,
                RecordSealer(self.log.keyring("gateway")),
                credential,
                since,
                until,
                today=TODAY,
                person=_person,
            )
        finally:
            await connection.close()
        return report(
            found,
            identity="incident-1",
            instance="demo",
            credential=credential,
            since=since,
            until=until,
            made_at=datetime.now(UTC),
            whole=lambda kind: WHOLE.get(kind, ()),
        )

    def expected(self, **who: str) -> dict[str, set[str]]:
        """Person to ``type.field``, by going through what was written."""
        reached: dict[str, set[str]] = {}
        for look in self.looks:
            if look["subject"] is None or look["outcome"] not in ("answered", "not-modified"):
                continue
            if all(look[name] == value for name, value in who.items()):
                for kind, names in look["records"].items():
                    for name in WHOLE[kind] if names == ["*"] else names:
                        reached.setdefault(_person(look["subject"]), set()).add(f"{kind}.{name}")
        return reached


def _person(pseudonym: str) -> str:
    """Who is meant in the gateway's sector: the last parts of these pseudonyms are the person's."""
    return f"gateway.1.{pseudonym.rpartition('.')[2]}"


def reached(content: dict[str, Any]) -> dict[str, set[str]]:
    """What a report says, in the same form."""
    return {
        citizen["citizen"]: {
            f"{kind}.{name}" for kind, names in content["fields"][citizen["fields"]].items() for name in names
        }
        for citizen in content["citizens"]
    }


@pytest.fixture(scope="module")
async def written(keys: Path) -> AsyncIterator[Told]:
    """300 looks by four officers of two offices, some through departments, with keys and tokens that change hands."""
    draw = random.Random(7)
    async with opened(keys) as log:
        told = Told(log)
        for number in range(300):
            outcome = draw.choice(OUTCOMES)
            office = draw.choice(("demo.title-registry", "demo.social-aid"))
            sector = draw.choice(("gateway", "housing"))
            await told.look(
                None if outcome == "not-found" else f"{sector}.1.p{draw.randrange(60)}",
                outcome=outcome,
                organisation=office,
                client=office,
                actor=draw.choice(("clerk-1", "clerk-2")),
                token=f"token-{number % 40}",
                key=f"key-{number % 5}",
                records={} if outcome in ("refused", "not-found") else draw.choice(RECORDS),
            )
        delayed = {"purpose": "traffic-police.investigation", "actor": "detective", "client": "demo.traffic-police"}
        rest = {"token": "token-d", "key": "key-d", "records": RECORDS[0], "outcome": "answered"}
        await told.look("gateway.1.suspect", organisation="demo.traffic-police", **delayed, **rest)
        code, said = await log.record()
        assert code == 0, said
        yield told


@pytest.mark.parametrize(
    ("credential", "who"),
    [
        ("demo.social-aid", {"client": "demo.social-aid"}),
        ("clerk-1", {"actor": "clerk-1"}),
        ("demo.social-aid/clerk-1", {"client": "demo.social-aid", "actor": "clerk-1"}),
        ("token-7", {"token": "token-7"}),
        ("key-3", {"key": "key-3"}),
    ],
)
async def test_a_credentials_reach_is_exact(written: Told, credential: str, who: dict[str, str]) -> None:
    content = await written.report(credential)
    assert reached(content) == written.expected(**who) != {}
    entries = [look for look in written.looks if all(look[name] == value for name, value in who.items())]
    assert content["counts"]["entries"] == len(entries)
    assert sum(content["counts"]["outcomes"].values()) == len(entries)
    assert content["counts"]["citizens"] == len(content["citizens"])


async def test_a_report_that_forgot_an_outcome_is_caught(written: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "SHOWN", ("answered",))
    assert reached(await written.report("clerk-1")) != written.expected(actor="clerk-1")


async def test_a_report_under_departments_names_of_people_is_caught(
    written: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = written.expected(actor="clerk-1")
    monkeypatch.setitem(globals(), "_person", str)
    assert len(reached(await written.report("clerk-1"))) > len(expected)


async def test_moments_are_both_included(written: Told) -> None:
    connection = await written.log.connect()
    times = [row["at"] for row in await connection.fetch("select at from entry order by at")]
    await connection.close()
    everything = await written.report("demo.social-aid", times[0], times[-1])
    assert everything["counts"] == (await written.report("demo.social-aid"))["counts"]
    later = await written.report("demo.social-aid", times[-1] + timedelta(milliseconds=1))
    assert later["counts"]["entries"] == 0 and later["citizens"] == []


async def test_a_credential_that_nobody_used_is_no_empty_report(written: Told) -> None:
    with pytest.raises(CredentialUnknown):
        await written.report("clerk-99")


async def test_who_may_not_know_yet_is_in_the_report_and_told_nothing(written: Told) -> None:
    content = await written.report("detective")
    assert [each["citizen"] for each in content["citizens"]] == ["gateway.1.suspect"]
    assert content["counts"]["not_disclosed_yet"] == 1
    assert words.disclosed(content) == [] and command.batches(content) == []
    assert "0人" in words.statement(content, lambda kind: {"zh": kind, "en": kind})


async def test_nobody_is_told_twice_and_everybody_once(written: Told) -> None:
    content = await written.report("demo.social-aid")
    told = [person for _, people in command.batches(content) for person in people]
    assert sorted(told) == sorted(written.expected(client="demo.social-aid"))
    draft = words.statement(content, lambda kind: {"zh": kind, "en": kind})
    assert f"{len(told)}人" in draft and not any(person in draft for person in told)


async def test_erased_people_are_counted_and_not_named(keys: Path) -> None:
    async with opened(keys) as log:
        told = Told(log)
        for number in range(3):
            await told.look(f"gateway.1.p{number}", outcome="answered", records=RECORDS[0])
        await log.record()
        connection = await log.connect()
        blind = RecordSealer(log.keyring("gateway")).blind("gateway.1.p1")
        assert await connection.execute("delete from subject where blind = $1", blind) == "DELETE 1"
        await connection.close()
        content = await told.report("clerk-17")
        assert content["counts"]["erased"] == 1
        assert [each["citizen"] for each in content["citizens"]] == ["gateway.1.p0", "gateway.1.p2"]
        assert "gateway.1.p1" not in str(content)
