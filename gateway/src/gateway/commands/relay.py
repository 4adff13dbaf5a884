"""Carrying one command to its department and the department's own answer back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import orjson
import structlog
from onewindow_kit.decide import Principal
from onewindow_kit.problems import InvalidRequest, Unavailable

from gateway.commands.catalogue import CitizenCommand
from gateway.commands.exchange import Exchange
from gateway.commands.outward import Answer, Neighbour
from gateway.commands.own import Own
from gateway.commands.problems import UnknownCommand

RETURNED = ("content-type", "onewindow-version", "etag", "location", "retry-after", "idempotent-replayed")
PASSED_ON = ("application/json", "application/problem+json")
Find = Callable[[str, str], CitizenCommand | None]
log = structlog.get_logger(__name__)


class Commands:
    """``find`` looks an operation up by department and operationId; ``departments`` are asked by name; ``own`` sees that
    what a command names is the caller's, where its contract says that it must be."""

    def __init__(self, find: Find, departments: Mapping[str, Neighbour], exchange: Exchange, own: Own) -> None:
        self._find, self._departments, self._exchange, self._own = find, departments, exchange, own

    async def relay(
        self,
        caller: Principal,
        presented: str,
        department: str,
        operation: str,
        *,
        path: Mapping[str, str],
        query: Mapping[str, str],
        body: dict[str, Any] | None,
        headers: Mapping[str, str],
    ) -> Answer:
        """The department's answer, with only the headers that callers may see.

        UnknownCommand unless the contract marks the operation, InvalidRequest for arguments that it doesn't have, NotFound
        for a record or an access entry that is not the caller's,
        Unavailable when the department is down or answers what no contract allows.
        """
        command = self._find(department, operation)
        if command is None:
            raise UnknownCommand
        neighbour = self._departments.get(department)
        if neighbour is None:
            log.error("no address for a department", department=department, setting="ONEWINDOW_DEPARTMENT_URLS")
            raise Unavailable("Nobody answers for this department here.", retry_after=60)
        if body is not None and not command.takes_body:
            raise InvalidRequest(errors=[{"path": "/body/body", "reason": "operation_takes_no_body"}])
        target = command.target(path, query)
        confirmed = await self._own.check(caller, command.own, body)
        # Not orjson: a number of any size goes on as it is, and the department says what is wrong with it.
        content = json.dumps(body if body is not None else {}).encode() if command.takes_body else None
        for last in (False, True):
            token = await self._exchange.token(caller, presented, department)
            sent = {**headers, **confirmed, "Authorization": f"Bearer {token}", "Accept": "application/json"}
            if content is not None:
                sent["Content-Type"] = "application/json"
            answer = await neighbour.ask(command.method, target, headers=sent, query=query, content=content)
            if answer.status != 401:
                return _passed_on(answer, department)
            # The citizen's own token is good; it is the exchanged one that the department no longer takes.
            self._exchange.forget(caller, department)
            if last:
                log.error("department refuses exchanged tokens", department=department)
        raise Unavailable("The department does not take the gateway's tokens at the moment.", retry_after=5)


def _passed_on(answer: Answer, department: str) -> Answer:
    """Only what a contract can say leaves: JSON or a problem; anything else is somebody in between."""
    readable = answer.media_type in PASSED_ON or (answer.status == 204 and not answer.body)
    if not readable or not (200 <= answer.status < 300 or 400 <= answer.status < 600):
        log.warning("department answered no contract", department=department, status=answer.status)
        raise Unavailable("The department answered something that its contract does not know.", retry_after=2)
    headers = {name: answer.headers[name] for name in RETURNED if name in answer.headers}
    return Answer(answer.status, headers, _nameless(answer.body))


def _nameless(body: bytes) -> bytes:
    """A record without its subjects: no sector's pseudonym leaves, the reader's own no more than another party's."""
    if b'"subjects"' not in body:
        return body
    said = orjson.loads(body)
    if not isinstance(said, dict) or "subjects" not in said:
        return body
    return orjson.dumps(said | {"subjects": []})
