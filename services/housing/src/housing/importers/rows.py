"""From a row of a file to a title that still names its owners by number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from onewindow_contracts.formats import parse_share
from onewindow_contracts.models.housing import ImportedTitle
from onewindow_kit.imports import Refusal, RowRefused
from onewindow_kit.problems import Problem
from pydantic import ValidationError

from housing.domain.ownership import Form
from housing.domain.title import not_after
from housing.service.rules import Rules
from housing.service.takeover import Lien, Takeover

DEFAULT_SCHEME = "cn-id"
_SEPARATOR = re.compile("[;；、]")
_MORTGAGE = (
    "mortgagee_name",
    "mortgagee_code",
    "mortgage_certificate_number",
    "mortgage_registered_on",
    "secured_fen",
    "debt_from",
    "debt_until",
)
_CAUSES_OF_FIRST_ENTRIES = ("construction", "allocation")


@dataclass(slots=True)
class TitleRow:
    """A title whose owners are ``numbers`` until ``persons`` is filled in, in the same order."""

    scheme: str
    numbers: Sequence[str]
    title: Takeover
    persons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows by the rules of one day."""

    rules: Rules
    today: date

    def __call__(self, values: Mapping[str, Any]) -> TitleRow:
        """A row that fits the contract and the law; RowRefused or pydantic's ValidationError otherwise."""
        try:
            return self._read(_validated(values))
        except Problem as why:
            raise RowRefused(Refusal(why.code, why.detail or why.title)) from why

    def _read(self, row: ImportedTitle) -> TitleRow:
        numbers, names = _split(row.owner_numbers), _split(row.owner_names)
        if len(numbers) != len(names):
            raise RowRefused(Refusal("owners-uneven", "As many names as numbers are needed.", "owner_names"))
        self.rules.require_division(row.unit_code)
        not_after(row.registered_on, self.today)
        cause = row.cause or "purchase"
        self.rules.require_cause(cause)
        title = Takeover(
            unit_code=row.unit_code,
            address=row.address,
            area_m2=row.area_m2,
            use=self.rules.use_named(row.use),
            entry="first" if cause in _CAUSES_OF_FIRST_ENTRIES else "transfer",
            cause=cause,  # type: ignore[arg-type]  # the code list was asked
            price=_fen(row.price_fen),
            registered_on=row.registered_on,
            certificate_number=row.certificate_number,
            form=_form(row, len(numbers)),
            shares=_shares(row, len(numbers)),
            names=names,
            mortgage=_mortgage(row),
        )
        return TitleRow(row.scheme or DEFAULT_SCHEME, numbers, title)


def _validated(values: Mapping[str, Any]) -> ImportedTitle:
    """The row by its contract; JSON Lines may write whole numbers as numbers and several values as a list."""
    try:
        return ImportedTitle.model_validate(values)
    except ValidationError:
        texts = {name: _as_text(value) for name, value in values.items()}
        if texts == values:
            raise
        return ImportedTitle.model_validate(texts)


def _shares(row: ImportedTitle, owners: int) -> Sequence[Fraction | None]:
    if row.owner_shares is None:
        return [None] * owners
    try:
        shares = [parse_share(text) for text in _split(row.owner_shares)]
    except ValueError as error:
        raise RowRefused(Refusal("share", "A share is n/d in lowest terms.", "owner_shares")) from error
    if len(shares) != owners:
        raise RowRefused(Refusal("owners-uneven", "As many shares as numbers are needed.", "owner_shares"))
    return shares


def _form(row: ImportedTitle, owners: int) -> Form:
    """As stated; else one owner is sole, several own by shares if there are any, else jointly."""
    match row.ownership:
        case "sole" | "joint" | "by-shares" as stated:
            return stated
        case None:
            return "sole" if owners == 1 else "joint" if row.owner_shares is None else "by-shares"
        case _:
            raise RowRefused(Refusal("unknown-code", "The form of ownership is not in the code list.", "ownership"))


def _mortgage(row: ImportedTitle) -> Lien | None:
    given = {name: getattr(row, name) for name in _MORTGAGE}
    if all(value is None for value in given.values()):
        return None
    if missing := [name for name, value in given.items() if value is None]:
        raise RowRefused(*(Refusal("missing", "A mortgage needs this too.", name) for name in missing))
    return Lien(
        mortgagee_name=given["mortgagee_name"],
        mortgagee_code=given["mortgagee_code"],
        certificate_number=given["mortgage_certificate_number"],
        registered_on=given["mortgage_registered_on"],
        secured=int(given["secured_fen"]),
        debt_from=given["debt_from"],
        debt_until=given["debt_until"],
        no_transfer=row.no_transfer in ("yes", "是"),
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text)]


def _fen(text: str | None) -> int | None:
    return None if text is None else int(text)


def _as_text(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ";".join(value)
    return str(value) if type(value) is int else value
