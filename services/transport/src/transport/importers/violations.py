"""Importing violations that an older system has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow_contracts.loader import Contracts
from onewindow_contracts.models.transport_violations import ViolationRow as Form
from onewindow_kit.imports import Import, Parsed, Refusal, RowRefused
from onewindow_kit.problems import Problem
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.days import not_before, plausible
from transport.domain.plates import Plate
from transport.domain.roads.problems import ViolationNobody
from transport.importers.licences import labels
from transport.importers.people import DEFAULT_SCHEME, Numbers, exchange
from transport.service.desk import Desk
from transport.service.roads import takeover
from transport.service.roads.takeover import LEGAL_BASIS, Earlier, Found

SCHEMA = "ViolationRow"
STATES = ("recorded", "accepted", "paid")


@dataclass(slots=True)
class ViolationRow:
    """``number`` is empty, and ``person`` stays so, where only the vehicle was seen."""

    scheme: str
    number: str
    form: Form
    plate: Plate | None
    person: str = ""

    def earlier(self) -> Earlier:
        form = self.form
        found = Found(
            kind=form.kind,
            plate=self.plate,
            driver=self.person or None,
            occurred_on=form.occurred_on,
            place=form.place,
            document=form.document,
            unit=form.unit,
            officer=None,
            legal_basis=LEGAL_BASIS,
        )
        return Earlier(found, form.state or "recorded", form.accepted_on, form.paid_on)


def violations(
    desk: Desk,
    contracts: Contracts,
    identity: Numbers,
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    wake: Any,
) -> Import:
    """``import violation``."""
    resolve = exchange(identity)

    async def prepare(rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        return await resolve([row for row in rows if row.model.number])

    async def store(session: AsyncSession, rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        refused = await takeover.take_over(desk, session, [row.model.earlier() for row in rows])
        return [(rows[index], Refusal(why.code, why.title)) for index, why in refused]

    return Import(
        target="transport.violation",
        labels=labels(contracts, SCHEMA),
        parse=lambda values: parse(values, desk),
        store=store,
        sessions=sessions,
        rejects_folder=folder,
        prepare=prepare,
        wake=wake,
    )


def parse(values: Mapping[str, Any], desk: Desk) -> ViolationRow:
    """A row that fits the contract and can be; RowRefused or pydantic's ValidationError otherwise."""
    form = Form.model_validate(values)
    state = form.state or "recorded"
    if state not in STATES:
        raise RowRefused(Refusal("unknown-code", "Only recorded, accepted and paid ones are taken over.", "state"))
    for name, needed in (("accepted_on", state != "recorded"), ("paid_on", state == "paid")):
        if (getattr(form, name) is not None) != needed:
            raise RowRefused(Refusal("missing", "The days must be those that the state needs.", name))
    if (form.plate_type is None) != (form.plate_number is None):
        raise RowRefused(Refusal("missing", "A plate is its type and its number.", "plate_number"))
    today = desk.today()
    try:
        plate = None if form.plate_type is None else Plate(form.plate_type, str(form.plate_number))
        if plate is None and not form.number:
            raise ViolationNobody
        plausible(today, occurred_on=form.occurred_on, accepted_on=form.accepted_on, paid_on=form.paid_on)
        not_before(form.occurred_on, accepted_on=form.accepted_on)
        not_before(form.accepted_on or form.occurred_on, paid_on=form.paid_on)
    except Problem as why:
        raise RowRefused(Refusal(why.code, why.detail or why.title)) from why
    return ViolationRow(form.scheme or DEFAULT_SCHEME, form.number or "", form, plate)
