"""The ready end of an entry for each token that reads its window again and again: made anew only when the window changed."""

from __future__ import annotations

from onewindow_kit.access import Seen
from onewindow_kit.access.entry import WHOLE
from onewindow_kit.decide import Principal, Reason, decide_own
from onewindow_kit.problems import Forbidden

from gateway.access.looks import named
from gateway.hot.query import Wanted
from gateway.view import View
from gateway.view.windows import Window

OPERATION = named("readView")
REMEMBERED = 50_000


class OwnEntries:
    """``tail`` is what ``AccessLog.put`` wants; ``instance`` stands in every entry."""

    def __init__(self, instance: str, view: View) -> None:
        self._instance, self._view = instance, view
        self._known: dict[str, tuple[str, bytes, bytes]] = {}

    def tail(self, caller: Principal, window: Window, wanted: Wanted, *, modified: bool) -> bytes:
        """Of ``caller``'s look at their own ``window``; Forbidden for a window that is not theirs."""
        if wanted.sections is None and wanted.fields is None:
            known = self._known.get(caller.token_id)
            if known is None or known[0] != window.etag:
                known = (window.etag, *self._made(caller, self._view.types(window), wanted))
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[caller.token_id] = known
            return known[1] if modified else known[2]
        return self._made(caller, self._view.types(window), wanted)[0 if modified else 1]

    def _made(self, caller: Principal, types: list[str], wanted: Wanted) -> tuple[bytes, bytes]:
        decision = decide_own(caller, caller.subject, {}, {})
        if not decision.allowed:
            raise Forbidden
        fields = wanted.fields
        records = dict.fromkeys(types, WHOLE) if fields is None else {n: fields[n] for n in types if n in fields}
        answered, unchanged = (
            Seen.by(caller, "own", outcome, Reason.OWN, OPERATION, records=records).tail(self._instance, caller.subject)
            for outcome in ("answered", "not-modified")
        )
        return answered, unchanged
