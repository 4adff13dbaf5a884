"""Importing driving licences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow_contracts.loader import Contracts
from onewindow_contracts.models.transport import DrivingLicenceRow
from onewindow_kit.imports import Import, Parsed, Refusal, RowRefused
from onewindow_kit.problems import Problem
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain import licences as domain
from transport.domain.licences import CLASSES, Licence
from transport.importers.people import DEFAULT_SCHEME, Numbers, exchange
from transport.service import importing
from transport.service.desk import Desk
from transport.service.importing import ImportedLicence

SCHEMA = "DrivingLicenceRow"


@dataclass(slots=True)
class LicenceRow:
    scheme: str
    number: str
    file_number: str
    licence: Licence
    person: str = ""


def labels(contracts: Contracts, schema: str) -> Mapping[str, tuple[str, ...]]:
    """Field to its Chinese and English header, from the contract."""
    properties = contracts.openapi("transport")["components"]["schemas"][schema]["properties"]
    return {name: (each["x-label"]["zh"], each["x-label"]["en"]) for name, each in properties.items()}


def licences(
    desk: Desk,
    contracts: Contracts,
    identity: Numbers,
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    wake: Any,
) -> Import:
    """``import driving-licence``."""

    async def store(session: AsyncSession, rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        wanted = [ImportedLicence(row.model.person, row.model.file_number, row.model.licence) for row in rows]
        refused = await importing.licences(desk, session, wanted)
        return [(rows[index], Refusal(why.code, why.title)) for index, why in refused]

    return Import(
        target="transport.driving-licence",
        labels=labels(contracts, SCHEMA),
        parse=lambda values: parse(values, desk),
        store=store,
        sessions=sessions,
        rejects_folder=folder,
        prepare=exchange(identity),
        wake=wake,
    )


def parse(values: Mapping[str, Any], desk: Desk) -> LicenceRow:
    """A row that fits the contract and the rules of licences; RowRefused or pydantic's ValidationError otherwise."""
    row = DrivingLicenceRow.model_validate(values)
    classes = re.split("[,、 ]", row.classes)
    if not set(classes) <= set(CLASSES):
        raise RowRefused(Refusal("unknown-code", "A class is not in the code list.", "classes"))
    term = row.term or "first"
    valid_from = row.valid_from or row.first_issued_on
    licence = Licence(
        classes=domain.ordered(classes),
        state=row.state or "valid",
        term=term,
        first_issued_on=row.first_issued_on,
        valid_from=valid_from,
        valid_until=row.valid_until or domain.ends(valid_from, term, desk.rules.licences(valid_from)),
        state_since=row.state_since or valid_from,
        state_until=row.state_until,
        cancellation_reason=row.cancellation_reason,
    )
    try:
        domain.consistent(licence, desk.today())
    except Problem as why:
        raise RowRefused(Refusal(why.code, why.detail or why.title)) from why
    return LicenceRow(row.scheme or DEFAULT_SCHEME, row.number, row.file_number, licence)
