"""What owners apply for about a vehicle: selling it through the window, and putting a former plate on the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from onewindow_kit.cases import Case, Kind, Term
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain import vehicles as vehicle_rules
from transport.domain.plates import Plate
from transport.domain.problems import HolderDeceased, PlateOtherOffice, VehicleNotOwned
from transport.domain.roads.problems import CaseOpen, PlateNotKept, ViolationsOpen
from transport.service import vehicles
from transport.service.desk import VEHICLE_ADMINISTRATION, Acting
from transport.service.permits import REMEDY
from transport.service.plates import Choice
from transport.store import people, plates, rows
from transport.store.roads import violations
from transport.tables import Vehicle

TRANSFER, RECLAIM = "vehicle-transfer", "plate-reclaim"
TRANSFER_BASIS, RECLAIM_BASIS = "机动车登记规定第25条、第27条", "机动车登记规定第44条"
NEW_OWNER = "new-owner"


async def apply_for_transfer(
    acting: Acting,
    session: AsyncSession,
    urn: str,
    *,
    owner: str,
    to: str,
    ground: Literal["sale", "gift"],
    choice: Choice,
) -> Case:
    """Everything that stands against it is said now, so that nobody consents in vain; and tested again when granted."""
    desk, today = acting.desk, acting.desk.today()
    if choice.number is not None and Plate(choice.type, choice.number).office not in desk.rules.plate_prefixes(today):
        raise PlateOtherOffice
    if (await rows.read(session, Vehicle, urn)).owner != owner:
        raise NotFound
    row, value = await vehicles.locked(session, urn, None)
    if row.owner != owner:
        raise NotFound  # sold between the two looks
    if await people.deceased(session, to):
        raise HolderDeceased
    joined = [mortgage.id for mortgage in value.mortgages]  # the office hears the mortgagees before it decides
    dead = await people.deceased(session, owner)
    vehicle_rules.transfer(value, to, today, ground, joined, owner_deceased=dead)
    if await violations.open_of_vehicle(session, urn):
        raise ViolationsOpen
    for case in await desk.cases.of_person(session, owner):
        if case.kind == TRANSFER and case.is_open and urn in case.concerns:
            raise CaseOpen
    respond_by = desk.rules.working_days_after(today, desk.rules.value("transfer-consent-days", today))
    return await desk.cases.open(
        acting,
        session,
        TRANSFER,
        owner,
        {"vehicle": urn, "ground": ground, "plate_type": choice.type, "plate_number": choice.number},
        on=today,
        parties={to: NEW_OWNER},
        respond_by=respond_by,
        decide_by=desk.rules.working_days_after(respond_by, desk.rules.value("transfer-decision-days", today)),
        concerns=[urn],
        terms=[
            Term("车辆", "vehicle", f"{row.make} {row.model} {row.vin}"),
            Term("现号牌", "present plate", row.plate_number),
            Term("转让登记原因", "ground", desk.rules.words("transfer-grounds", ground)),
        ],
    )


async def _transfer(acting: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    desk, content = acting.desk, case.content
    row = await rows.locked(session, Vehicle, content["vehicle"], None)
    if row.owner != case.applicant:
        raise VehicleNotOwned
    record = await vehicles.transfer(
        desk,
        session,
        row.urn,
        None,
        to=case.parties[0].pseudonym,
        ground=content["ground"],
        consenting=answer.get("consenting_mortgages") or (),
        choice=Choice(content["plate_type"], content["plate_number"]),
        effective_on=desk.today(),
        legal_basis=TRANSFER_BASIS,
    )
    return [record.urn]


async def reclaim_plate(acting: Acting, session: AsyncSession, urn: str, *, owner: str, plate: Plate) -> Case:
    """Granted at once: the former plate on the applicant's vehicle, or a refusal that names the rule."""
    desk, today = acting.desk, acting.desk.today()
    if (await rows.read(session, Vehicle, urn)).owner != owner:
        raise NotFound
    content = {"vehicle": urn, "plate_type": plate.type, "plate_number": plate.number}
    return await desk.cases.open(acting, session, RECLAIM, owner, content, on=today, concerns=[urn])


async def _reclaim(acting: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    desk, today, content = acting.desk, acting.desk.today(), case.content
    row = await rows.locked(session, Vehicle, content["vehicle"], None)
    if row.owner != case.applicant:
        raise NotFound
    if await people.deceased(session, row.owner):
        raise HolderDeceased
    wanted = Plate(content["plate_type"], content["plate_number"])
    kept = {(each.type, each.number) for each in await plates.kept_for(session, row.owner, today)}
    if (wanted.type, wanted.number) not in kept:
        raise PlateNotKept
    record = await vehicles.change_plate(
        desk,
        session,
        row.urn,
        None,
        choice=Choice(wanted.type, wanted.number),
        effective_on=today,
        legal_basis=RECLAIM_BASIS,
    )
    return [record.urn]


RECLAIMED = "原号牌使用满一年且未逾两年 / used for a year and reclaimed within two years"
KINDS = (
    Kind(TRANSFER, VEHICLE_ADMINISTRATION, TRANSFER_BASIS, REMEDY, _transfer),
    Kind(RECLAIM, VEHICLE_ADMINISTRATION, RECLAIM_BASIS, REMEDY, _reclaim, at_once=RECLAIMED),
)
