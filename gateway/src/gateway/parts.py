"""What the routes work with: built once in ``app.py``, found by each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

if TYPE_CHECKING:
    from gateway.access.looks import Looks
    from gateway.catalogue import Catalogue
    from gateway.commands.relay import Commands
    from gateway.limits.streams import Streams
    from gateway.record.reader import Record
    from gateway.record.words import Words
    from gateway.settings import GatewaySettings
    from gateway.view import View


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a route may need, opened before the first request and closed after the last."""

    settings: GatewaySettings
    catalogue: Catalogue
    view: View
    looks: Looks
    commands: Commands
    streams: Streams
    record: Record
    words: Callable[[], Words]
    """Of the contracts as they are now."""


def parts(request: Request) -> Parts:
    return request.app.state.parts
