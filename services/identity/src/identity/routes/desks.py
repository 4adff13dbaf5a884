"""Laying out a desk for a request, and answering with what was published from it."""

from typing import Annotated

from fastapi import Depends, Request, Response
from onewindow_kit.edge import Caller, Session, etag
from onewindow_kit.problems import NotFound

from identity.events import Changes, Office
from identity.service.desk import Desk


def desk(request: Request, session: Session) -> Desk:
    """What a use case needs, in the request's transaction."""
    office: Office = request.app.state.office
    caller = request.state.principal
    client = "" if caller is None else caller.client_id
    officer = caller.actor if caller is not None and caller.kind == "agency" else None
    cases = request.app.state.cases
    return Desk(session, office, request.app.state.rules, client, Changes(session, office), cases, officer)


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
