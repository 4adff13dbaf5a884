"""Persons who are not registered here become known: registered elsewhere, or foreign."""

from __future__ import annotations

from onewindow_contracts.models import identity as api

from identity.domain import law
from identity.domain.standing import Standing
from identity.service import numbers, people
from identity.service.desk import Desk
from identity.tables import Person


async def admit(desk: Desk, command: api.AdmissionCommand) -> Person:
    scheme = desk.rules.schemes[command.scheme]
    entries = people.Entries(
        command.name, command.sex, command.birth_date, command.ethnic_group, command.birth_division
    )
    person = await people.enter(
        desk, entries, Standing(command.standing), command.birth_date, "admission", law.STANDING
    )
    await numbers.enter(desk, person, scheme, command.number, "admission", desk.today)
    return person
