"""Everything that stands between a department and whoever asks it for people, put together once for its ``app.py``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import date
from functools import partial
from typing import Any, Self

from onewindow_kit import clock
from onewindow_kit.access import AccessLog, Writer
from onewindow_kit.auth import Verifier
from onewindow_kit.auth.issuer_keys import FetchKeys
from onewindow_kit.budgets import Budgets, Periods, Raising, Watch
from onewindow_kit.dpop import Proofs
from onewindow_kit.dpop.seen import Seen as SeenProofs
from onewindow_kit.guard.looks import Looks
from onewindow_kit.guard.register import Register
from onewindow_kit.keyring import Keyring
from onewindow_kit.node import Node
from onewindow_kit.revocations import Revocations
from onewindow_kit.sealing import Sealer
from onewindow_kit.settings import ServiceSettings


class Guard:
    """``async with`` opens the node's store, follows revocations and carries entries; ``verifier`` and ``looks`` go to
    ``create_app``. ``today`` is the legal day at the department's offices."""

    def __init__(
        self,
        settings: ServiceSettings,
        department: str,
        contracts: Any,
        keyring: Keyring,
        fetch: FetchKeys,
        today: Callable[[], date] | None = None,
    ) -> None:
        node, sealer = Node(settings.node), Sealer(keyring)
        self.revocations = Revocations(
            settings.kafka, keyring, instance=settings.instance, prefix=settings.topic_prefix
        )
        self.proofs = Proofs(SeenProofs(node))
        self.verifier = Verifier(
            settings.issuer,
            department,
            fetch,
            bound={"agency"},
            proofs=self.proofs,
            revocations=self.revocations,
            base=settings.public_url,
        )
        raising = Raising(node, settings.instance)
        budgets = Budgets(node, periods=Periods(settings.time_zone), raising=raising, standing=self.revocations)
        writer = Writer(settings.kafka, sealer, prefix=settings.topic_prefix)
        self.register = register = Register(
            contracts, settings.instance, department, today or partial(clock.today, settings.time_zone)
        )
        self.looks = Looks(department, register, budgets, AccessLog(settings.instance, writer), sealer, keyring.blind)
        self._node, self._writer = node, writer
        self._watch = Watch(budgets, raising, sealer, None, kafka=settings.kafka, prefix=settings.topic_prefix)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._stack.enter_context(self._node)
        for part in (self._writer, self._watch, self.revocations):
            await self._stack.enter_async_context(part)
        return self

    async def __aexit__(self, *failure: Any) -> None:
        await self._stack.__aexit__(*failure)

    async def ready(self) -> bool:
        """Whether looks can be admitted: all revocations are known."""
        return self.revocations.known()
