"""Naming somebody else: by number and name, which identity checks, or by an introduction. Numbers are kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from onewindow_contracts.models import housing_applications as api
from onewindow_kit.problems import InvalidRequest, NotFound, Unavailable
from onewindow_kit.pseudonyms import InvalidIntroduction
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import IntroductionInvalid, PartyNamedTwice, PersonNotFound
from housing.service.registry import Registry

OtherParty = api.ByNumber | api.ByIntroduction


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody's pseudonym here, and the name to be registered."""

    pseudonym: str
    name: str


async def named(registry: Registry, party: OtherParty) -> Named:
    """Who is meant; PersonNotFound for nobody, whether the number, the name or both are wrong."""
    if registry.identity is None:
        raise Unavailable("Nobody can be named while identity is not connected.")
    try:
        if isinstance(party, api.ByIntroduction):
            return Named(str(registry.identity.open_introduction(party.introduction)), party.name)
        found = await registry.identity.resolve(party.scheme, party.number, party.name)
        return Named(str(found), party.name)
    except InvalidIntroduction as error:
        raise IntroductionInvalid from error
    except (NotFound, InvalidRequest) as error:
        raise PersonNotFound from error


async def all_named(registry: Registry, parties: Iterable[OtherParty]) -> list[Named]:
    """Several, each once."""
    found = [await named(registry, party) for party in parties]
    if len({each.pseudonym for each in found}) != len(found):
        raise PartyNamedTwice
    return found


async def own_title(session: AsyncSession, registry: Registry, urn: str, owner: str) -> None:
    """NotFound unless ``owner`` owns a part of the title: asked before anybody is named, so that nobody who owns
    nothing can try numbers and names here."""
    title = await registry.find(session, registry.office, urn)
    if owner not in title.ownership.owners:
        raise NotFound
