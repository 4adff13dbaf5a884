"""Reports by citizens: the reporter follows the state, an officer decides, nobody else learns who reported."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from onewindow_kit.problems import NotFound
from onewindow_kit.records import Record, new_urn, random_id
from onewindow_kit.sealing import sealer_of
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.days import plausible
from transport.domain.plates import Plate
from transport.domain.problems import HolderDeceased
from transport.domain.roads.evidence import Limits
from transport.domain.roads.problems import ReportDecided, ReportTooOld, RulingIncomplete
from transport.events import Act
from transport.events.roads import report as report_record
from transport.service.desk import TRAFFIC_POLICE, Desk
from transport.service.roads import recording
from transport.service.roads.pictures import Picture, clean, decoded
from transport.service.roads.recording import Found
from transport.store import people, rows
from transport.tables import HOLDER, Evidence, Report

BASIS = "杭州市交通违法举报办法（演示）"
_WORKERS = ThreadPoolExecutor(2, thread_name_prefix="pictures")
"""However many reports come at once: a picture takes up to seconds and hundreds of megabytes while it is decoded."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a citizen says to have seen."""

    kind: str
    plate: Plate
    occurred_on: date
    place: str
    description: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Violation or not; for ``upheld`` what was found."""

    outcome: Literal["upheld", "dismissed"]
    reason: str
    kind: str | None = None
    place: str | None = None
    document: str | None = None
    unit: str | None = None
    legal_basis: str | None = None


async def pictures(desk: Desk, files: Sequence[tuple[str, str]]) -> list[Picture]:
    """Clean pictures of (claimed type, base64), or a refusal; in a thread, for pixels take time."""
    today = desk.today()
    limits = Limits(
        desk.rules.value("evidence-most-bytes", today),
        desk.rules.value("evidence-most-side", today),
        desk.rules.value("evidence-most-pixels", today),
    )
    loop = asyncio.get_running_loop()
    return [await loop.run_in_executor(_WORKERS, clean, decoded(text), claimed, limits) for claimed, text in files]


async def submit(
    desk: Desk, session: AsyncSession, *, reporter: str, seen: Sighting, shown: Sequence[Picture]
) -> Record:
    """A report with its pictures. Whether there is such a vehicle is not told."""
    today = desk.today()
    plausible(today, occurred_on=seen.occurred_on)
    if seen.occurred_on < today - timedelta(days=desk.rules.value("report-window-days", today)):
        raise ReportTooOld
    desk.rules.code("violation-kinds", seen.kind, today)
    if await people.deceased(session, reporter):
        raise HolderDeceased
    row = Report(
        urn=new_urn(desk.authority(TRAFFIC_POLICE), "report"),
        version=1,
        reporter=reporter,
        kind=seen.kind,
        occurred_on=seen.occurred_on,
        place=seen.place,
        plate_type=seen.plate.type,
        plate_number=seen.plate.number,
        description=seen.description,
        state="submitted",
        submitted_on=today,
        decide_by=desk.rules.working_days_after(today, desk.rules.value("report-decision-days", today)),
        decided_on=None,
        decision_reason=None,
        violation=None,
    )
    session.add(row)
    await session.flush()
    for position, picture in enumerate(shown):
        session.add(_evidence(row.urn, position, picture))
    return await _publish(desk, session, row, "created")


async def decide(
    desk: Desk, session: AsyncSession, urn: str, version: int, ruling: Ruling, officer: str | None
) -> Record:
    """A violation that was found is recorded as if an officer had seen it: nothing in it points to the report, and no
    word of it is the reporter's."""
    row = await rows.locked(session, Report, urn, version)
    if row.state != "submitted":
        raise ReportDecided
    found = (ruling.kind, ruling.place, ruling.document, ruling.unit, ruling.legal_basis)
    if (ruling.outcome == "upheld") != all(each is not None for each in found):
        raise RulingIncomplete
    if ruling.outcome == "upheld":
        record = await recording.record(
            desk,
            session,
            Found(
                kind=str(ruling.kind),
                plate=Plate(row.plate_type, row.plate_number),
                driver=None,
                occurred_on=row.occurred_on,
                place=str(ruling.place),
                document=str(ruling.document),
                unit=str(ruling.unit),
                officer=officer,
                legal_basis=str(ruling.legal_basis),
            ),
        )
        row.violation = record.urn
    row.state, row.decided_on, row.decision_reason = ruling.outcome, desk.today(), ruling.reason
    row.version += 1
    return await _publish(desk, session, row, "ended")


async def evidence_of(session: AsyncSession, urn: str) -> Sequence[Evidence]:
    """A report's pictures in the order in which they came."""
    query = select(Evidence).where(Evidence.report == urn).order_by(Evidence.position)  # type: ignore[arg-type]  # a column
    return (await session.exec(query)).all()


async def picture(session: AsyncSession, urn: str, evidence: str) -> tuple[str, bytes]:
    """Media type and bytes of one picture of a report; NotFound."""
    row = await session.get(Evidence, evidence)
    if row is None or row.report != urn:
        raise NotFound
    return row.media_type, sealer_of(HOLDER).open_own("fields", _place(row.id), row.content)


def _evidence(report: str, position: int, shown: Picture) -> Evidence:
    key = random_id()
    return Evidence(
        id=key,
        report=report,
        position=position,
        media_type=shown.media_type,
        width=shown.width,
        height=shown.height,
        size=len(shown.content),
        received_sha256=shown.received_sha256,
        stored_sha256=shown.stored_sha256,
        content=sealer_of(HOLDER).seal_own("fields", _place(key), shown.content),
    )


def _place(evidence: str) -> str:
    return f"evidence|{evidence}"


async def _publish(desk: Desk, session: AsyncSession, row: Report, change: events.Change) -> Record:
    await session.flush()
    record = report_record(row, Act(desk.authority(TRAFFIC_POLICE), desk.today(), BASIS), change)
    await desk.records.publish(session, record)
    return record
