"""Taking over what an older system has: many records at once, each as its first version.

Rows are plain values here, not SQLModel's: those cost more than all else an import does. A row that stands here already for the same person is left as it is, so that overlapping files change nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace as Row

from onewindow_kit.problems import Problem
from onewindow_kit.records import new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.licences import LIVE, Licence
from transport.domain.problems import FileNumberTaken, HolderDeceased, LicenceExists, PlateTaken, VinTaken
from transport.domain.vehicles import Vehicle as VehicleValue
from transport.events import Act
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.service.licences import first_version as first_licence
from transport.service.vehicles import Description
from transport.service.vehicles import first_version as first_vehicle
from transport.store import bulk, imported
from transport.store import licences as licence_store
from transport.store import vehicles as vehicle_store
from transport.tables import DrivingLicence, Mortgage, Plate, Vehicle

LEGAL_BASIS = "历史数据移交 / taken over from the earlier registry"
Refused = list[tuple[int, type[Problem]]]


@dataclass(frozen=True, slots=True)
class ImportedLicence:
    holder: str
    file_number: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class ImportedVehicle:
    owner: str
    description: Description
    vehicle: VehicleValue


async def licences(desk: Desk, session: AsyncSession, wanted: Sequence[ImportedLicence]) -> Refused:
    """Store and publish; the index of each row that is refused, and why."""
    blinds = [licence_store.file_number_blind(each.file_number) for each in wanted]
    holders = await imported.holders_of_file_numbers(session, blinds)
    busy = await imported.live_licence_holders(session, [each.holder for each in wanted])
    dead = await imported.deceased(session, [each.holder for each in wanted])
    rows, refused, records = [], Refused(), []
    for index, (each, blind) in enumerate(zip(wanted, blinds, strict=True)):
        live = each.licence.state in LIVE
        if (known := holders.get(blind)) is not None:
            if known != each.holder:
                refused.append((index, FileNumberTaken))
            continue
        if live and each.holder in busy:
            refused.append((index, LicenceExists))
            continue
        if live and each.holder in dead:
            refused.append((index, HolderDeceased))
            continue
        holders[blind] = each.holder
        if live:
            busy.add(each.holder)
        row = Row(**first_licence(desk, each.holder, each.file_number, each.licence))
        rows.append(row)
        act = Act(desk.authority(VEHICLE_ADMINISTRATION), each.licence.state_since, LEGAL_BASIS)
        records.append(events.driving_licence(row, act, "created"))
    await bulk.insert(session, DrivingLicence, rows)
    if records:
        await desk.records.publish(session, *records)
    return refused


async def vehicles(desk: Desk, session: AsyncSession, wanted: Sequence[ImportedVehicle]) -> Refused:
    """Store and publish with plates and mortgages; the index of each row that is refused, and why."""
    vins = [vehicle_store.vin_blind(each.description.vin) for each in wanted]
    owners = await imported.owners_of_vins(session, vins)
    blinds = [imported.plate_blind(each.vehicle) for each in wanted]
    taken = await imported.taken_plates(session, blinds)
    dead = await imported.deceased(session, [each.owner for each in wanted])
    rows, plates, mortgages, refused, records = [], [], [], Refused(), []
    for index, (each, vin, blind) in enumerate(zip(wanted, vins, blinds, strict=True)):
        if (known := owners.get(vin)) is not None:
            if known != each.owner:
                refused.append((index, VinTaken))
            continue
        if blind in taken:
            refused.append((index, PlateTaken))
            continue
        if each.owner in dead:
            refused.append((index, HolderDeceased))
            continue
        owners[vin] = each.owner
        taken.add(blind)
        vehicle, urn = each.vehicle, new_urn(desk.authority(VEHICLE_ADMINISTRATION), "vehicle")
        assert vehicle.plate is not None and vehicle.plate_since is not None, "an imported vehicle carries a plate"
        row = Row(
            **first_vehicle(urn, each.owner, vehicle.owner_since, each.description, vehicle.plate, vehicle.plate_since)
        )
        marks = [
            Row(id=m.id, vehicle=urn, mortgagee_code=m.mortgagee_code, mortgagee=m.mortgagee_name, since=m.since)
            for m in vehicle.mortgages
        ]
        rows.append(row)
        mortgages += marks
        plates.append(
            Row(
                type=vehicle.plate.type,
                number_blind=blind[1],
                number=vehicle.plate.number,
                vehicle=urn,
                kept_for=None,
                kept_until=None,
            )
        )
        act = Act(desk.authority(VEHICLE_ADMINISTRATION), vehicle.owner_since, LEGAL_BASIS)
        records.append(events.vehicle(row, marks, (), act, "created"))
    await bulk.insert(session, Vehicle, rows)
    await imported.make_room(session, [(plate.type, plate.number_blind) for plate in plates])
    await bulk.insert(session, Plate, plates)
    await bulk.insert(session, Mortgage, mortgages)
    if records:
        await desk.records.publish(session, *records)
    return refused
