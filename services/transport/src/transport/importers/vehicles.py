"""Importing vehicles with their plates and mortgages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow_contracts.loader import Contracts
from onewindow_contracts.models.transport import VehicleRow as Form
from onewindow_kit.imports import Import, Parsed, Refusal, RowRefused
from onewindow_kit.problems import Problem
from onewindow_kit.records import random_id
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.days import not_before, plausible
from transport.domain.plates import Plate
from transport.domain.problems import PlateOtherOffice
from transport.domain.vehicles import Mortgage, Vehicle
from transport.importers.licences import labels
from transport.importers.people import DEFAULT_SCHEME, Numbers, exchange
from transport.service import importing
from transport.service.desk import Desk
from transport.service.importing import ImportedVehicle
from transport.service.vehicles import Description

SCHEMA = "VehicleRow"
MORTGAGE = ("mortgagee_code", "mortgagee", "mortgage_since")


@dataclass(slots=True)
class VehicleRow:
    scheme: str
    number: str
    description: Description
    vehicle: Vehicle
    person: str = ""


def vehicles(
    desk: Desk,
    contracts: Contracts,
    identity: Numbers,
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    wake: Any,
) -> Import:
    """``import vehicle``."""

    async def store(session: AsyncSession, rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        wanted = [ImportedVehicle(row.model.person, row.model.description, row.model.vehicle) for row in rows]
        refused = await importing.vehicles(desk, session, wanted)
        return [(rows[index], Refusal(why.code, why.title)) for index, why in refused]

    return Import(
        target="transport.vehicle",
        labels=labels(contracts, SCHEMA),
        parse=lambda values: parse(values, desk),
        store=store,
        sessions=sessions,
        rejects_folder=folder,
        prepare=exchange(identity),
        wake=wake,
    )


def parse(values: Mapping[str, Any], desk: Desk) -> VehicleRow:
    """A row that fits the contract and the rules of vehicles; RowRefused or pydantic's ValidationError otherwise."""
    row = Form.model_validate(values)
    owner_since = row.owner_since or row.first_registered_on
    plate_since = row.plate_since or owner_since
    mortgages: tuple[Mortgage, ...] = ()
    if row.mortgagee_code and row.mortgagee and row.mortgage_since:
        mortgages = (Mortgage(random_id(), row.mortgagee_code, row.mortgagee, row.mortgage_since),)
    elif any(getattr(row, name) for name in MORTGAGE):
        raise RowRefused(Refusal("missing", "A mortgage needs code, name and day.", "mortgagee_code"))
    today = desk.today()
    try:
        plate = Plate(row.plate_type, row.plate_number)
        if plate.office not in desk.rules.plate_prefixes(today):
            raise PlateOtherOffice
        plausible(today, first_registered_on=row.first_registered_on, plate_since=plate_since)
        not_before(row.first_registered_on, owner_since=owner_since)
        not_before(owner_since, plate_since=plate_since, mortgage_since=row.mortgage_since)
        plausible(today, mortgage_since=row.mortgage_since)
        desk.rules.code("vehicle-kinds", row.kind, today)
        desk.rules.code("vehicle-uses", row.use, today)
    except Problem as why:
        raise RowRefused(Refusal(why.code, why.detail or why.title)) from why
    description = Description(
        row.vin, row.kind, row.make, row.model, row.colour, row.energy, row.use, row.first_registered_on
    )
    vehicle = Vehicle("", "registered", plate, plate_since, owner_since, mortgages)
    return VehicleRow(row.scheme or DEFAULT_SCHEME, row.number, description, vehicle)
