"""What must hold before a process is ready."""

from __future__ import annotations

import asyncio

from onewindow_kit.telemetry import Check

from gateway.settings import GatewaySettings
from gateway.view import store


def view_is_there(settings: GatewaySettings) -> Check:
    """The projector has made a view that can be read."""

    async def check() -> bool:
        return await asyncio.to_thread(store.current, settings.view) is not None

    return check
