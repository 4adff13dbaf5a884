"""Opening a case about a title, and reading back who has agreed to what."""

import itertools
from collections.abc import Collection, Mapping
from typing import Any

from onewindow_contracts.common import share_text
from onewindow_contracts.formats import parse_share
from onewindow_contracts.models.housing import Owner
from onewindow_kit.cases import Case
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.ownership import Claim
from housing.domain.problems import PartyNamedTwice
from housing.domain.title import Title
from housing.service.applications.terms import terms
from housing.service.parties import Named
from housing.service.registry import Registry
from housing.store import offers

ACQUIRER, OWNER, HEIR = "acquirer", "owner", "heir"
MORTGAGEE, RESIDENT, BENEFICIARY = "mortgagee", "resident", "beneficiary"
"""Roles of parties in the registry's cases."""


async def opened(
    session: AsyncSession,
    registry: Registry,
    kind: str,
    applicant: str,
    title: Title,
    content: Mapping[str, Any],
    parties: Mapping[str, str] | None = None,
    *,
    refusal: bool = False,
) -> Case:
    """A case of today about ``title``. The parties answer within the law's working days; the office decides within its
    own, counted from when all must have answered. ``refusal``: a first refusal may come between."""
    today = registry.today()
    if applicant in (parties or {}):
        raise PartyNamedTwice
    respond_by = registry.rules.respond_by(today) if parties else None
    complete_on = respond_by or today
    if refusal:
        complete_on = registry.rules.refuse_by(today, complete_on)
    case = await registry.cases.open(
        registry,
        session,
        kind,
        applicant,
        dict(content),
        on=today,
        decide_by=registry.rules.decide_by(today, complete_on),
        parties=parties,
        respond_by=respond_by,
        concerns=[title.urn],
        terms=terms(title, content, registry.rules) if parties else (),
    )
    await offers.note_title(session, case.urn, title.urn)
    return case


def signing(
    title: Title, applicant: str, named: Collection[Named], others: Collection[str], registry: Registry
) -> dict[str, str]:
    """The owners who must agree besides ``applicant`` and ``others`` (who agree anyway): those named, or those whom the
    law needs; and whom an advance notice protects. NotAnOwner, ConsentMissing when those named don't do."""
    law = registry.rules.law(registry.today())
    agreeing = {applicant, *others} & title.ownership.owners
    if named:
        cosigners = [each.pseudonym for each in named]
        title.ownership.require_consent(agreeing | set(cosigners), law, others)
    else:
        cosigners = title.ownership.needed(agreeing, law, others)
    return protected(title, applicant, others) | dict.fromkeys(cosigners, OWNER)


def protected(title: Title, applicant: str, acquirers: Collection[str]) -> dict[str, str]:
    """Whose consent an advance notice for somebody other than the acquirers needs."""
    asked = {notice.beneficiary for notice in title.notices if notice.blocks(acquirers, ())}
    return dict.fromkeys(sorted(asked - {applicant}), BENEFICIARY)


def creditors(title: Title, applicant: str) -> dict[str, str]:
    """Whose consent a no-transfer clause needs (406); creditors without a window here consent on paper."""
    asked = {mortgage.mortgagee for mortgage in title.mortgages if mortgage.no_transfer and mortgage.mortgagee}
    return dict.fromkeys(sorted(asked - {applicant}), MORTGAGEE)


def protecting(title: Title, case: Case) -> list[str]:
    """The advance notices whose beneficiary agreed in the case."""
    return [notice.urn for notice in title.notices if notice.beneficiary in case.people]


def consenting(title: Title, case: Case) -> list[str]:
    """The title's owners who agreed: the applicant and the parties."""
    return sorted(case.people & title.ownership.owners)


def acquirers(case: Case) -> list[Owner]:
    """Who is to own, as officers' commands name them."""
    return [
        Owner(
            pseudonym=_who(case, each["party"]),
            name=each["name"],
            share=None if each["share"] is None else parse_share(each["share"]),
        )
        for each in case.content["acquirers"]
    ]


def claims(
    applicant: str, named: Collection[Named], shares: Collection[Any]
) -> tuple[list[Claim], list[dict[str, Any]]]:
    """What the acquirers claim, and how the content says so: they are the case's first parties, in order, without a
    place for the applicant."""
    wanted, content, places = [], [], itertools.count()
    for each, share in zip(named, shares, strict=True):
        wanted.append(Claim(each.pseudonym, share))
        place = None if each.pseudonym == applicant else next(places)
        content.append({"party": place, "name": each.name, "share": None if share is None else share_text(share)})
    return wanted, content


def _who(case: Case, place: int | None) -> str:
    return case.applicant if place is None else case.parties[place].pseudonym
