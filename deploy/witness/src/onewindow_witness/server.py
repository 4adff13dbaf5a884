"""The witness over HTTP: `POST /add-checkpoint`, its newest checkpoints, evidence of forks, health and metrics."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Awaitable, Callable
from typing import Any

from onewindow_witness.witness import Answer, Witness

BODY_MOST = 128 * 1024
JSON = "application/json"

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class App:
    """A bare ASGI application; any server may run it, in one process only (the state is its own)."""

    def __init__(self, witness: Witness) -> None:
        self.witness = witness

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = await self._answer(scope, receive)
        body = answer.body.encode()
        headers = [
            (b"content-type", answer.media.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        match scope["method"], scope["path"]:
            case "POST", "/add-checkpoint":
                body = await _body(receive)
                if body is None:
                    return Answer(413, "too long\n", "too-long")
                return self.witness.add_checkpoint(body)
            case "GET", "/checkpoint":
                return self._newest(scope)
            case "GET", "/evidence":
                return _json({"items": self.witness.state.accusations()})
            case "GET", path if path.startswith("/evidence/"):
                told = self.witness.state.accusation(path.removeprefix("/evidence/"))
                return _nothing() if told is None else _json(told)
            case "GET", "/healthz" | "/readyz":
                return Answer(200, '{"status": "ok"}\n', "health", JSON)
            case "GET", "/metrics":
                return Answer(200, self._metrics(), "metrics", "text/plain; version=0.0.4; charset=utf-8")
            case _:
                return _nothing()

    def _newest(self, scope: Scope) -> Answer:
        asked = urllib.parse.parse_qs(scope["query_string"].decode("ascii", "replace"))
        origins = asked.get("origin") or (list(self.witness.logs) if len(self.witness.logs) == 1 else [])
        kept = self.witness.state.newest(origins[0]) if len(origins) == 1 and origins[0] in self.witness.logs else None
        return _nothing() if kept is None else Answer(200, str(kept.note), "checkpoint")

    def _metrics(self) -> str:
        witness = self.witness
        lines = ["# TYPE onewindow_witness_requests_total counter"]
        lines += [f'onewindow_witness_requests_total{{outcome="{k}"}} {n}' for k, n in sorted(witness.answered.items())]
        lines.append("# TYPE onewindow_witness_size gauge")
        for origin in witness.logs:
            kept = witness.state.newest(origin)
            lines.append(f'onewindow_witness_size{{log="{origin}"}} {kept.checkpoint.size if kept else 0}')
        lines.append("# TYPE onewindow_witness_evidence gauge")
        for kind in ("fork", "unproven"):
            lines.append(f'onewindow_witness_evidence{{kind="{kind}"}} {len(witness.state.accusations(kind))}')
        return "\n".join(lines) + "\n"


def _json(value: Any) -> Answer:
    return Answer(200, json.dumps(value, ensure_ascii=False) + "\n", "told", JSON)


def _nothing() -> Answer:
    return Answer(404, "there is nothing here\n", "nothing")


async def _body(receive: Receive) -> bytes | None:
    """None when it is longer than any request of a log."""
    whole = b""
    while True:
        part = await receive()
        whole += part.get("body", b"")
        if len(whole) > BODY_MOST:
            return None
        if not part.get("more_body"):
            return whole
