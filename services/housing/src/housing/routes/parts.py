"""What every route takes and gives: the registry, the officer's authority, pages, a record as it was published."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response
from onewindow_contracts.common import CursorText
from onewindow_kit.edge import Caller, etag
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX
from onewindow_kit.records import Record

from housing.service.looks import Page
from housing.service.registry import Registry


# Coroutines, because FastAPI would run plain functions in a worker thread: a hop each on every request.
async def _registry(request: Request) -> Registry:
    return request.app.state.registry


async def _authority(caller: Caller) -> str:
    """The caller's office; the access rule admits nobody here who has none."""
    assert caller.authority is not None
    return caller.authority


TheRegistry = Annotated[Registry, Depends(_registry)]
Authority = Annotated[str, Depends(_authority)]
Cursor = Annotated[CursorText | None, Query()]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
LIMIT = LIMIT_DEFAULT


def answer(record: Record) -> Response:
    """A record that a command changed: the very bytes that are published, with their ETag."""
    return Response(record.data, media_type="application/json", headers={"ETag": etag(record.version)})


def created(record: Record, collection: str) -> Response:
    """The same for a new record: 201 and where it is."""
    headers = {"ETag": etag(record.version), "Location": f"/v1/{collection}/{record.urn}"}
    return Response(record.data, 201, media_type="application/json", headers=headers)


def shown(found: tuple[int, bytes]) -> Response:
    """A record that was read."""
    version, envelope = found
    headers = {"ETag": etag(version), "Cache-Control": "private, no-cache"}
    return Response(envelope, media_type="application/json", headers=headers)


def changed(found: tuple[int, bytes]) -> Response:
    """A record as a command left it, with its ETag."""
    return Response(found[1], media_type="application/json", headers={"ETag": etag(found[0])})


def opened(found: tuple[int, bytes], urn: str) -> Response:
    """A case that an application opened: 201 and where it is."""
    headers = {"ETag": etag(found[0]), "Location": f"/v1/cases/{urn}"}
    return Response(found[1], 201, media_type="application/json", headers=headers)


def listed(page: Page) -> Response:
    """A page of records: joined as they were published, never parsed."""
    following = b"null" if page.next is None else b'"%s"' % page.next.encode()
    body = b'{"items":[%s],"next":%s}' % (b",".join(page.items), following)
    return Response(body, media_type="application/json", headers={"Cache-Control": "private, no-cache"})
