"""The edge: one place where a request is admitted, done in one transaction, and answered.

A route's rule comes from the contract, by ``operation_id``: a route that the contract doesn't know can't start. Access is
checked before the body is read. The handler runs in one transaction, which commits before the answer leaves; an
Idempotency-Key is stored in that same transaction, so that a repeat gets the first answer and does nothing.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import aliases
from onewindow_kit.auth import Verifier, presented
from onewindow_kit.bodies import check_body
from onewindow_kit.callers import Principal
from onewindow_kit.db import idempotency
from onewindow_kit.guard.looks import Look, Looks
from onewindow_kit.operations import Operation
from onewindow_kit.problems import (
    Conflict,
    Forbidden,
    IdempotencyMismatch,
    NotFound,
    PreconditionRequired,
    Problem,
    Unauthenticated,
    Unavailable,
    VersionConflict,
)
from onewindow_kit.sealing import Sealer
from onewindow_kit.telemetry import correlation_urn

_REMEMBER = insert(idempotency)
_RETRIED = ("40001", "40P01")  # serialization failure, deadlock
_AWAY = ("08", "57P", "53")  # no connection; stopping, starting, crashed; no disk, memory or connection left (SQLSTATE)
KEY = re.compile(r"[\x21-\x7e]{8,128}")
REPLAYED_HEADERS = ("content-type", "etag", "location", "onewindow-version")
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Database:
    """What a unit of work needs: sessions, the sealer for remembered answers, the relay's alarm (after a commit)."""

    sessions: async_sessionmaker[AsyncSession]
    sealer: Sealer
    wake: Callable[[], None]


class Edge:
    """Admits requests and carries each through its unit of work; the gateway has no ``database``.

    ``looks`` decides and records reads of people; None in tests of one department, which answer whoever may call.
    """

    def __init__(
        self,
        known: Mapping[str, Operation],
        verifier: Verifier,
        instance: str,
        database: Database | None = None,
        refusals: Mapping[type[Exception], type[Problem]] | None = None,
        looks: Looks | None = None,
    ) -> None:
        self.operations, self.verifier, self.instance = known, verifier, instance
        self.database, self.looks = database, looks
        self.refusals = dict(refusals or {})
        self._former = aliases.FormerNames()
        self.marks: Callable[[AsyncSession, Response], Awaitable[None]] | None = None
        """What is to be said besides of an answer that shows people, in its own transaction."""

    async def admit(self, operation: Operation, request: Request) -> Principal | None:
        """The caller, None for an anonymous one where the contract says public; else Unauthenticated or Forbidden."""
        if operation.access.public and not request.headers.get("authorization"):
            return None
        caller = await self.verifier.admit(presented(request.scope))
        if not operation.access.public and not operation.access.permits(caller, self.instance):
            if self.looks is not None and operation.shows is not None:
                await self.looks.not_open(operation.id, operation.shows, caller, request)
            raise Forbidden
        return caller

    async def serve(self, operation: Operation, request: Request, handle: Handler) -> Response:
        """Answer one request of ``operation``."""
        caller = await self.admit(operation, request)
        request.state.principal = caller
        await check_body(operation, request)
        if self.database is None:
            return await handle(request)
        command = await _command(operation, request, caller)
        look = None
        if self.looks is not None and operation.shows is not None and caller is not None:
            look = await self.looks.begin(operation.id, operation.shows, caller, request)
        try:
            response, written = await self._unit_of_work(operation, self.database, request, handle, command, look)
        except NotFound:
            if look is not None and self.looks is not None:
                await self.looks.failed(look)
            raise
        except (Problem, RequestValidationError, IntegrityError) as refusal:
            # A repeat of a command that was done looks like a conflict; the stored answer is the true one.
            if command is not None and (replay := await self._replay(self.database, command)) is not None:
                return replay
            if look is not None and self.looks is not None and isinstance(refusal, Problem) and refusal.status < 500:
                await self.looks.failed(look)  # a refusal by a rule has looked at somebody's record, too
            if isinstance(refusal, IntegrityError):
                raise Conflict("Another command changed the same thing at the same time.") from refusal
            raise
        if written:
            self.database.wake()
        if look is not None and self.looks is not None:
            await self.looks.answered(look, response)
        return response

    async def _unit_of_work(
        self,
        operation: Operation,
        database: Database,
        request: Request,
        handle: Handler,
        command: "_Command | None",
        look: "Look | None",
    ) -> tuple[Response, list[str]]:
        try:
            async with database.sessions() as session, session.begin():
                session.info["correlation"] = correlation_urn()
                request.state.session = session
                if await self._former.name(session, request.state.principal):
                    raise Unauthenticated
                response = await handle(request)
                if self.marks is not None and operation.shows is not None:
                    await self.marks(session, response)
                if look is not None and self.looks is not None:
                    await self.looks.named(look, session, request, response)
                written: list[str] = session.info.get("written", [])
                if written:
                    response.headers["Onewindow-Version"] = ", ".join(written[-32:])
                if command is not None:
                    # On the connection: an insert through the session costs twice as much.
                    await (await session.connection()).execute(_REMEMBER, command.row(response, database.sealer))
            return response, written
        except IntegrityError:
            raise
        except tuple(self.refusals) as error:
            raise next(p for kind, p in self.refusals.items() if isinstance(error, kind))(str(error)) from error
        except (OperationalError, InterfaceError, ConnectionError, TimeoutError) as error:
            raise Unavailable("The registry's database does not answer.") from error
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None) or ""
            if error.connection_invalidated or state in _RETRIED or state.startswith(_AWAY):
                raise Unavailable("The registry's database could not finish this.") from error
            raise

    async def _replay(self, database: Database, command: "_Command") -> Response | None:
        table = idempotency.c
        wanted = select(idempotency).where(table.client == command.client, table.key == command.key)
        try:
            async with database.sessions() as session:
                row = (await session.execute(wanted)).mappings().first()
        except (DBAPIError, ConnectionError, TimeoutError) as error:
            raise Unavailable("The registry's database does not answer.") from error
        if row is None:
            return None
        if bytes(row["fingerprint"]) != command.fingerprint:
            raise IdempotencyMismatch
        body = database.sealer.open_own("fields", command.place, bytes(row["body"]))
        return Response(body, row["status"], dict(row["headers"]) | {"Idempotent-Replayed": "true"})


@dataclass(frozen=True, slots=True)
class _Command:
    client: str
    key: str
    fingerprint: bytes

    @property
    def place(self) -> str:
        return f"idempotency|{self.client}|{self.key}"

    def row(self, response: Response, sealer: Sealer) -> dict[str, Any]:
        kept = {name: response.headers[name] for name in REPLAYED_HEADERS if name in response.headers}
        return {
            "client": self.client,
            "key": self.key,
            "fingerprint": self.fingerprint,
            "status": response.status_code,
            "headers": kept,
            "body": sealer.seal_own("fields", self.place, bytes(response.body)),
        }


async def _command(operation: Operation, request: Request, caller: Principal | None) -> _Command | None:
    key = request.headers.get("idempotency-key")
    if not operation.idempotent or key is None or not KEY.fullmatch(key):
        return None  # a missing or malformed key is refused by the route's own parameter
    parts = (operation.id, request.url.path, request.url.query, request.headers.get("if-match", ""))
    digest = hashlib.sha256("\0".join(parts).encode() + b"\0" + await request.body()).digest()
    return _Command(caller.subject if caller else "", key, digest)


class ContractRoute(APIRoute):
    """A route that is governed by the contract's operation of the same ``operation_id``."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        name = self.operation_id

        async def governed(request: Request) -> Response:
            edge: Edge = request.app.state.edge
            return await edge.serve(edge.operations[name or ""], request, handle)

        return governed


# Dependencies are coroutines: FastAPI sends every other one through a worker thread.
async def session(request: Request) -> AsyncSession:
    """The request's one session, in the transaction that the edge commits."""
    return request.state.session


async def principal(request: Request) -> Principal:
    """The caller that the edge admitted (operations that are not public)."""
    return request.state.principal


async def idempotency_key(
    key: Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{8,128}$")],
) -> str:
    """The command's key; a repeat with the same key and the same request gets the same answer."""
    return key


async def if_match(etag: Annotated[str | None, Header(alias="If-Match")] = None) -> int:
    """The version that the caller read (``If-Match: "3"``): PreconditionRequired without, VersionConflict if no version."""
    if etag is None:
        raise PreconditionRequired
    version = re.fullmatch(r'(?:W/)?"([1-9][0-9]{0,8})"', etag.strip())
    if version is None:
        raise VersionConflict("If-Match is not an ETag that this service gave out.")
    return int(version.group(1))


Session = Annotated[AsyncSession, Depends(session)]
Caller = Annotated[Principal, Depends(principal)]
IfMatch = Annotated[int, Depends(if_match)]
IdempotencyKey = Annotated[str, Depends(idempotency_key)]


def etag(version: int) -> str:
    """The ETag of a record's version: strong, because the version rises at each change."""
    return f'"{version}"'
