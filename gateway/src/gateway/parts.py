"""What the routes work with: built once in ``app.py``, found by each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

if TYPE_CHECKING:
    from gateway.access.looks import Looks
    from gateway.agencies.views import PurposeViews
    from gateway.catalogue import Catalogue
    from gateway.commands.relay import Commands
    from gateway.limits.streams import Streams
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
    agencies: PurposeViews
    streams: Streams


def parts(request: Request) -> Parts:
    return request.app.state.parts
