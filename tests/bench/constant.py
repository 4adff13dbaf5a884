"""The baseline of the read path: constant bytes from bare ASGI under the same uvicorn."""

from __future__ import annotations

import os

BODY = b"x" * int(os.environ.get("ONEWINDOW_BENCH_BYTES", "3000"))
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
