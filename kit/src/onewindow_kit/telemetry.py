"""Telemetry: structured logs without personal data, OpenMetrics, and the operators' port.

Every line carries the correlation id of the request or event it belongs to. Health, readiness and metrics are served on
a port of their own (``ops_port``), which is never exposed to callers of the API.
"""

from __future__ import annotations

import hmac
import logging
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from onewindow_kit.failures import trace

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""The id that ties a request to what it causes; a UUID as text. Replaced where a request enters another sector."""

REQUESTS = Counter("onewindow_http_requests", "Requests answered", ["operation", "status"])
LATENCY = Histogram(
    "onewindow_http_request_seconds",
    "Time from first byte to answer",
    ["operation"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)

Check = Callable[[], Awaitable[bool]]


def new_correlation_id() -> str:
    return str(uuid.uuid4())


def correlation_urn() -> str:
    """The present correlation id as ``urn:uuid:…``; a new one where none is set."""
    return f"urn:uuid:{correlation_id.get() or new_correlation_id()}"


def configure_logging(process: str, level: str = "info") -> None:
    """JSON lines on stdout; ``process`` names who speaks. Libraries log through the same pipe."""

    def add_context(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event["process"] = process
        if current := correlation_id.get():
            event["correlation"] = current
        return event

    shared: list[structlog.typing.Processor] = [
        add_context,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # The brokers' client warns at each reconnect, uvicorn repeats what the request metrics say, and httpx writes URLs.
    for name, quiet in (
        ("aiokafka", "ERROR"),
        ("aiokafka.cluster", "CRITICAL"),  # hundreds of lines while a neighbour has yet to make its topic
        ("httpx", "WARNING"),
        ("uvicorn.access", "WARNING"),
    ):
        logging.getLogger(name).setLevel(quiet)


def _without_values(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Where an error arose, never its message: databases and parsers quote people's data in theirs."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["trace"] = trace(error)
    if str(event.get("event", "")).startswith(("Task exception", "Future exception", "Exception in callback")):
        event["event"] = event["event"].partition("\n")[0]  # asyncio goes on with the error's own text
    return event


def ops_app(
    checks: Mapping[str, Check], token: str | None = None, registry: Callable[[], CollectorRegistry] = lambda: REGISTRY
) -> Starlette:
    """The operators' port: ``/healthz`` (the loop turns), ``/readyz`` (every check holds, else 503), ``/metrics``.

    Health is anybody's to ask; metrics are for who shows ``token``, where there is one. ``registry`` holds them.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_request: Request) -> Response:
        results = {name: await _holds(check) for name, check in checks.items()}
        ready = all(results.values())
        return JSONResponse({"ready": ready, "checks": results}, 200 if ready else 503)

    async def metrics(request: Request) -> Response:
        shown = request.headers.get("authorization", "")
        if token is not None and not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
            return Response("metrics need the operators' token\n", 401, {"WWW-Authenticate": "Bearer"})
        return Response(generate_latest(registry()), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)])


async def _holds(check: Check) -> bool:
    try:
        return await check()
    except Exception as error:  # a check that can't run is a check that doesn't hold
        structlog.get_logger(__name__).warning("readiness check failed", error=type(error).__name__)
        return False


def observe(operation: str, status: int, started: float) -> None:
    """Count one answer; ``operation`` is an operationId (never a path: paths hold URNs), ``started`` a perf_counter."""
    REQUESTS.labels(operation, str(status)).inc()
    LATENCY.labels(operation).observe(time.perf_counter() - started)
