"""A line of a file as a row of the register: every finding is named with its field, none with its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from onewindow_kit.imports import Refusal, RowRefused
from onewindow_kit.problems import Problem

from identity.domain.births import EARLIEST
from identity.domain.schemes import Scheme
from identity.domain.standing import Standing
from identity.importers import residence
from identity.service.incoming import Incoming
from identity.service.rules import Rules

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|[.](\d{1,2})[.]|年(\d{1,2})月|(\d{2})(?=\d{2}$))(\d{1,2})日?")
_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")
_NEIGHBOURHOOD = re.compile(r"\d{9,12}")
STANDINGS = frozenset(
    {
        Standing.REGISTERED,
        Standing.SERVING,
        Standing.SETTLED_ABROAD,
        Standing.ELSEWHERE,
        Standing.UNREGISTERED,
        Standing.FOREIGN,
        Standing.DEAD,
    }
)


def labels(contract: Mapping[str, Any]) -> dict[str, list[str]]:
    """Field to the headers that name it, from the contract's ImportRow."""
    properties = contract["components"]["schemas"]["ImportRow"]["properties"]
    return {name: each["x-import-headers"] for name, each in properties.items()}


@dataclass
class _Findings:
    refusals: list[Refusal]

    def add(self, field: str, code: str, reason: str) -> None:
        self.refusals.append(Refusal(code, reason, field))


class RowReader:
    """``parse(values)`` for the kit's import: an Incoming row, or RowRefused with everything that is wrong with it."""

    def __init__(self, rules: Rules, today: date) -> None:
        self._rules, self._today = rules, today
        self._sexes = self._names("sex") | {"男": "1", "女": "2", "male": "1", "female": "2", "M": "1", "F": "2"}
        self._ethnic = self._names("ethnic-groups")
        self._ethnic |= {name.removesuffix("族"): code for name, code in self._ethnic.items() if name.endswith("族")}
        self._relationships = self._names("relationships") | {"户主": "02"}
        self._district = lru_cache(4096)(self._checked(lambda code: rules.own_district(code, today)))
        self._division = lru_cache(4096)(self._checked(lambda code: rules.division(code, today)))
        self._schemes: dict[str, Scheme] = {scheme.id: scheme for scheme in rules.schemes}
        self._days = lru_cache(65536)(_day)

    def _names(self, codelist: str) -> dict[str, str]:
        codes = self._rules.contracts.codelists[codelist].codes.values()
        return {name: code.code for code in codes for name in (code.zh, code.en, code.code) if name}

    @staticmethod
    def _checked(check: Callable[[str], None]) -> Callable[[str], Problem | None]:
        def problem(code: str) -> Problem | None:
            try:
                check(code)
            except Problem as found:
                return found
            return None

        return problem

    def __call__(self, values: Mapping[str, Any]) -> Incoming:
        found = _Findings([])
        text = {name: self._text(name, value, found) for name, value in values.items()}
        get = text.get
        scheme = self._schemes.get(get("scheme") or "cn-id")
        if scheme is None:
            found.add("scheme", "unknown-scheme", "This identification scheme is not installed.")
            raise RowRefused(*found.refusals)
        incoming = Incoming(
            scheme=scheme.id,
            number=self._number(scheme, "number", get("number"), found, required=True) or "",
            name=self._line("name", get("name"), 100, found, required=True) or "",
            sex=self._code("sex", get("sex"), self._sexes, found, required=True) or "0",
            birth_date=self._date("birth_date", get("birth_date"), found, required=True) or self._today,
            ethnic_group=self._code("ethnic_group", get("ethnic_group"), self._ethnic, found),
            birth_division=self._place("birth_division", get("birth_division"), self._division, found),
            standing=get("standing") or "",
            died_on=self._date("died_on", get("died_on"), found),
            household_code=self._line("household_code", get("household_code"), 200, found),
            household_kind=get("household_kind") or "family",
            relationship=self._code("relationship", get("relationship"), self._relationships, found),
            division=self._place("division", get("division"), self._district, found),
            neighbourhood=get("neighbourhood"),
            address=self._line("address", get("address"), 200, found),
            registered_on=self._date("registered_on", get("registered_on"), found),
            father=self._number(scheme, "father_number", get("father_number"), found),
            mother=self._number(scheme, "mother_number", get("mother_number"), found),
            spouse=self._number(scheme, "spouse_number", get("spouse_number"), found),
            married_on=self._date("married_on", get("married_on"), found),
            card_issued_on=self._date("card_issued_on", get("card_issued_on"), found),
            divorced_on=self._date("divorced_on", get("divorced_on"), found),
            stay_division=self._place("stay_division", get("stay_division"), self._district, found),
            stay_address=self._line("stay_address", get("stay_address"), 200, found),
            stay_since=self._date("stay_since", get("stay_since"), found),
            permit_ground=get("permit_ground"),
            permit_granted_on=self._date("permit_granted_on", get("permit_granted_on"), found),
            permit_endorsed_on=self._date("permit_endorsed_on", get("permit_endorsed_on"), found),
        )
        if not found.refusals:
            self._together(scheme, incoming, found)
        if found.refusals:
            raise RowRefused(*found.refusals)
        return incoming

    def _together(self, scheme: Scheme, row: Incoming, found: _Findings) -> None:
        """What fields must say together."""
        facts = scheme.facts(row.number)
        if facts.birth_date not in (None, row.birth_date) or (
            facts.sex not in (None, row.sex) and row.sex in ("1", "2")
        ):
            found.add("number", "number-mismatch", "The number says another birth date or sex than the row.")
        placed = row.household_code is not None
        row.standing = row.standing or ("registered" if placed else "elsewhere")
        if row.standing not in STANDINGS:
            found.add("standing", "unknown-code", "Not a standing that a row can have.")
        elif placed and row.standing not in ("registered", "dead"):
            found.add("standing", "standing-contradicts", "Who has this standing is in no household register.")
        elif not placed and row.standing == "registered":
            found.add("household_code", "place-required", "Who is registered is in a household.")
        if placed:
            for name in ("division", "address"):
                if getattr(row, name) is None:
                    found.add(name, "place-required", "A household has a division and an address.")
        if row.household_kind not in ("family", "collective"):
            found.add("household_kind", "unknown-code", "family or collective.")
        if row.neighbourhood is not None and not _NEIGHBOURHOOD.fullmatch(row.neighbourhood):
            found.add("neighbourhood", "invalid-value", "9 to 12 digits.")
        if (row.died_on is not None) != (row.standing == "dead"):
            found.add(
                "died_on", "standing-contradicts", "A day of death goes with the standing dead, and only with it."
            )
        row.registered_on = row.registered_on or row.birth_date
        for name in ("registered_on", "died_on", "married_on", "card_issued_on"):
            day = getattr(row, name)
            if day is not None and day < row.birth_date:
                found.add(name, "date-out-of-order", "The day lies before the birth.")
        if row.died_on is not None and row.registered_on > row.died_on:
            found.add("registered_on", "date-out-of-order", "The day lies after the death.")
        residence.check(row, self._rules, self._today, found.add)
        if row.number in (row.father, row.mother, row.spouse):
            found.add("number", "kinship-not-possible", "Nobody is the own parent or spouse.")

    def _text(self, field: str, value: Any, found: _Findings) -> str | None:
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip() or None
        if type(value) is int:
            return str(value)
        found.add(field, "invalid-value", "Must be a text.")
        return None

    def _line(
        self, field: str, value: str | None, longest: int, found: _Findings, *, required: bool = False
    ) -> str | None:
        if value is None:
            if required:
                found.add(field, "missing", "Must be there.")
        elif len(value) > longest or not _LINE.fullmatch(value):
            found.add(field, "invalid-value", f"At most {longest} characters and no control characters.")
        return value

    def _number(
        self, scheme: Scheme, field: str, value: str | None, found: _Findings, *, required: bool = False
    ) -> str | None:
        if value is None:
            if required:
                found.add(field, "missing", "Must be there.")
            return None
        try:
            return scheme.normalise(value)
        except Problem as problem:
            found.add(field, problem.code, problem.title)
            return None

    def _code(
        self, field: str, value: str | None, names: Mapping[str, str], found: _Findings, *, required: bool = False
    ) -> str | None:
        if value is None:
            if required:
                found.add(field, "missing", "Must be there.")
            return None
        code = names.get(value)
        if code is None:
            found.add(field, "unknown-code", "Not in the code list.")
        return code

    def _place(
        self, field: str, value: str | None, check: Callable[[str], Problem | None], found: _Findings
    ) -> str | None:
        if value is not None and (problem := check(value)) is not None:
            found.add(field, problem.code, problem.title)
        return value

    def _date(self, field: str, value: str | None, found: _Findings, *, required: bool = False) -> date | None:
        if value is None:
            if required:
                found.add(field, "missing", "Must be there.")
            return None
        day = self._days(value)
        if day is None:
            found.add(field, "invalid-value", "Not a real day, YYYY-MM-DD.")
        elif day > self._today:
            found.add(field, "date-in-future", "The day lies in the future.")
        elif day < EARLIEST:
            found.add(field, "date-out-of-order", "The day lies before any register.")
        return day


def _day(text: str) -> date | None:
    """2001-02-03, 2001/2/3, 20010203, 2001年2月3日; a spreadsheet's time of midnight is dropped."""
    match = _DAY.fullmatch(text.removesuffix(" 00:00:00").removesuffix(" 0:00"))
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups() if part is not None))
    except ValueError:
        return None
