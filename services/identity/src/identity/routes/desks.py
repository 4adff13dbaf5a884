"""Laying out a desk for a request, and answering with what was published from it."""

from typing import Annotated

from fastapi import Depends, Request, Response
from onewindow_kit.decide import Principal
from onewindow_kit.edge import Caller, Session, etag
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import State

from identity.events import Changes, Office
from identity.service.desk import Desk


def desk(request: Request, session: Session) -> Desk:
    """What a use case needs, in the request's transaction."""
    return desk_of(request.app.state, request.state.principal, session)


def desk_of(state: State, caller: Principal | None, session: AsyncSession) -> Desk:
    """The same for a caller and a transaction; ``state`` is the application's."""
    office: Office = state.office
    client = "" if caller is None else caller.client_id
    officer = caller.actor if caller is not None and caller.kind == "agency" else None
    return Desk(session, office, state.rules, client, Changes(session, office), state.cases, officer)


AtDesk = Annotated[Desk, Depends(desk)]


def tag(response: Response, version: int) -> None:
    """The answer's ETag."""
    response.headers["ETag"] = etag(version)


def citizen(caller: Caller) -> str | None:
    """The identity pseudonym of a citizen who calls, None for an office."""
    if caller.kind != "citizen":
        return None
    if caller.sector != "identity":
        raise NotFound
    return caller.subject


def reader(caller: Caller) -> str | None:
    """Whose cases and papers the caller may read: None for the office (all), else the own identity pseudonym."""
    if caller.kind == "agency":
        return None
    if caller.sector != "identity":
        raise NotFound
    return caller.subject


AsReader = Annotated[str | None, Depends(reader)]
AsCitizen = Annotated[str | None, Depends(citizen)]
