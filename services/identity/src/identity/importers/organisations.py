"""Organisations from a file: one line each, with the legal representative by number where the file has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onewindow_contracts.models.identity_organisations import OrganisationCommand, OrganisationRow
from onewindow_kit.cases import Cases
from onewindow_kit.imports import Parsed, Refusal, RowRefused
from onewindow_kit.problems import Problem
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain.organisations import SCHEME
from identity.domain.representation import LEGAL
from identity.events import Changes, Office
from identity.service import names, organisations, representations
from identity.service.desk import Desk
from identity.service.kinds import KINDS
from identity.service.numbers import OWN
from identity.service.rules import Rules
from identity.store import organisations as stored
from identity.tables.columns import blind_number

TARGET = "identity.organisation"


def labels(contract: Mapping[str, Any]) -> dict[str, list[str]]:
    """Field to the headers that name it, from the contract's OrganisationRow."""
    properties = contract["components"]["schemas"]["OrganisationRow"]["properties"]
    return {name: each["x-import-headers"] for name, each in properties.items()}


def reader(rules: Rules) -> Any:
    """``parse(values)`` for the kit's import; kinds may stand by their Chinese or English name."""
    codes = rules.contracts.codelists["identity.organisation-kinds"].codes.values()
    kinds = {name: code.code for code in codes for name in (code.zh, code.en, code.code) if name}

    def parse(values: dict[str, Any]) -> OrganisationRow:
        given = dict.fromkeys(OrganisationRow.model_fields) | values
        if given["kind"] is not None:
            if given["kind"] not in kinds:
                raise RowRefused(Refusal("unknown-code", "Not in the code list.", "kind"))
            given["kind"] = kinds[given["kind"]]
        return OrganisationRow.model_validate(given)

    return parse


class Importer:
    """The same line again changes nothing; a code that another name holds is refused."""

    def __init__(self, office: Office, rules: Rules) -> None:
        self.office, self.rules = office, rules
        self.cases = Cases(office.records, "identity.case.v1", KINDS)

    async def store(self, session: AsyncSession, rows: Sequence[Parsed]) -> list[tuple[Parsed, Refusal]]:
        refused = []
        for row in rows:
            # A desk each: what a refused line had begun is published by nobody.
            changes = Changes(session, self.office)
            desk = Desk(session, self.office, self.rules, "import", changes, self.cases)
            try:
                async with session.begin_nested():
                    await self._take(desk, row.model)
                    await changes.publish()
            except Problem as problem:
                refused.append((row, Refusal(problem.code, problem.title)))
        return refused

    async def _take(self, desk: Desk, row: OrganisationRow) -> None:
        known = await stored.by_code(desk.session, blind_number(SCHEME, row.uscc))
        if known is not None and names.same_name(known.name, row.name):
            return
        command = OrganisationCommand(
            name=row.name, uscc=row.uscc, kind=row.kind or "enterprise", registered_on=row.registered_on
        )
        person = None
        if row.representative_number is not None:
            person = await names.by_number(desk, OWN, row.representative_number)
        organisation = await organisations.register(desk, command)
        if person is not None:
            since = row.representative_since or organisation.registered_on
            await representations.appoint(desk, organisation, person, LEGAL, None, since)
