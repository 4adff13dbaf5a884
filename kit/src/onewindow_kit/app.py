"""The application around a service's routes: problems, correlation, body limit, the contract, access from the contract."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onewindow_kit import problems
from onewindow_kit.auth import Verifier
from onewindow_kit.dpop import ALGORITHMS
from onewindow_kit.edge import Database, Edge
from onewindow_kit.guard.looks import Looks
from onewindow_kit.operations import operations
from onewindow_kit.problems import MEDIA_TYPE, Problem
from onewindow_kit.settings import Settings
from onewindow_kit.telemetry import correlation_id, correlation_urn, new_correlation_id, observe

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}|[0-9]{1,4}")
# What a place must be, where the code of the finding doesn't say it. From the contract, never from the input.
BOUNDS = ("ge", "le", "gt", "lt", "min_length", "max_length", "expected", "error")
log = structlog.get_logger(__name__)


def create_app(
    settings: Settings,
    *,
    contract: Mapping[str, Any],
    routers: Sequence[APIRouter],
    verifier: Verifier,
    database: Database | None = None,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[Any]] | None = None,
    refusals: Mapping[type[Exception], type[Problem]] | None = None,
    looks: Looks | None = None,
) -> FastAPI:
    """A service's HTTP side. ``contract`` is its bundled OpenAPI document, served as it is at ``/openapi.json``.

    ``refusals`` say which problem an exception of a library means (its text is the problem's detail, so it must never
    name a person). ``looks`` decides and records reads of people (None: in tests of one department). What handlers need is
    put on ``app.state`` by the service. ValueError for a route that the contract doesn't govern.
    """
    app = FastAPI(
        title=contract["info"]["title"],
        version=contract["info"]["version"],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        exception_handlers={
            Problem: _problem,
            RequestValidationError: _invalid,
            HTTPException: _http,
        },
    )
    app.state.settings = settings
    app.state.contract = contract
    app.state.edge = Edge(operations(contract), verifier, settings.instance, database, refusals, looks)
    for router in routers:
        for route in router.routes:
            name = getattr(route, "operation_id", None)
            if name not in app.state.edge.operations:
                raise ValueError(f"{getattr(route, 'path', route)}: operation {name!r} is not in the contract")
        app.include_router(router)
    app.add_api_route("/openapi.json", _contract, methods=["GET"], include_in_schema=False)
    app.add_api_route("/v1/problems/{code}", _explain, methods=["GET"], include_in_schema=False)
    app.add_middleware(Outermost, body_limit=settings.body_limit)
    return app


class Outermost:
    """Gives each request its correlation id (``Correlation-Id``), bounds its body, counts it, and answers a failure.

    The body is bounded while it comes in, whatever its Content-Length says.
    """

    def __init__(self, app: ASGIApp, body_limit: int) -> None:
        self.app, self.body_limit = app, body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        given = Headers(scope=scope).get("correlation-id", "")
        current = given if UUID.fullmatch(given) else new_correlation_id()
        token = correlation_id.set(current)
        started, status, size = time.perf_counter(), 0, 0

        async def take() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.body_limit:
                raise problems.BodyTooLarge(f"This service takes {self.body_limit} bytes.")
            return message

        async def give(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["Correlation-Id"] = current
            await send(message)

        try:
            await self.app(scope, take, give)
        except Exception as error:
            log.error("request failed", error=type(error).__name__, exc_info=error)
            if status:
                raise
            await answer(problems.Internal())(scope, receive, give)
        finally:
            route = scope.get("route")
            observe(getattr(route, "operation_id", None) or "none", status or 499, started)
            correlation_id.reset(token)


def answer(problem: Problem) -> Response:
    """The HTTP answer of a problem, RFC 9457."""
    headers = {"Cache-Control": "no-store"} | problem.headers
    if problem.status == 401:
        headers["WWW-Authenticate"] = _challenge(problem)
    return JSONResponse(problem.body(correlation_urn()), problem.status, headers, MEDIA_TYPE)


def _challenge(problem: Problem) -> str:
    """RFC 6750 3, and for what is about proofs RFC 9449 7.1."""
    if isinstance(problem, (problems.ProofInvalid, problems.ProofReplayed)):
        return f'DPoP error="invalid_dpop_proof", algs="{" ".join(ALGORITHMS)}"'
    return "Bearer"


async def _problem(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return answer(problem)


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return answer(problems.MalformedRequest())
    return answer(problems.InvalidRequest(errors=places(found)))


def places(found: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What pydantic found (``loc`` begins with body, query, path or header), as a problem's ``errors``."""
    return [{"path": _pointer(each["loc"]), "reason": _reason(each)} for each in found[:50]]


def _reason(finding: Mapping[str, Any]) -> str:
    """``less_than_equal: 5`` or ``value_error: must be a share in lowest terms``: code first, then what it must be."""
    said = [str(value) for name, value in finding.get("ctx", {}).items() if name in BOUNDS]
    return ": ".join([finding["type"], *said])[:300]


def _pointer(location: Sequence[str | int]) -> str:
    """Where in the request, as JSON Pointer below body, query, path or header.

    A caller's own key may be anything, a citizen's number too: what does not look like a name is shown as ``*``.
    """
    return "/" + "/".join(str(part) if NAME.fullmatch(str(part)) else "*" for part in location)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    match error.status_code:
        case 404:
            return answer(problems.NotFound())
        case 405:
            return answer(problems.MethodNotAllowed(headers={"Allow": ", ".join(_allowed(request))}))
        case 415:
            return answer(problems.UnsupportedMediaType())
        case _:
            return answer(problems.MalformedRequest())


def _allowed(request: Request) -> list[str]:
    methods = set()
    for template, item in request.app.state.contract["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), request.url.path):
            methods |= {name.upper() for name in item if name in ("get", "put", "post", "delete", "patch", "head")}
    return sorted(methods) or ["GET"]


async def _contract(request: Request) -> Response:
    return JSONResponse(request.app.state.contract)


async def _explain(code: str) -> Response:
    problem = problems.catalogue().get(code)
    if problem is None:
        return answer(problems.NotFound())
    return JSONResponse(
        {"code": code, "status": problem.status, "title": problem.title, "remedy": problem.remedy},
        headers={"Cache-Control": "public, max-age=3600"},
    )
