"""What happens to an answer whose entry is not acknowledged: it does not leave."""

from __future__ import annotations

from onewindow_kit.problems import Unavailable


class EntryNotKept(Unavailable):
    code, title = "entry-not-kept", "The access record does not take entries at the moment, so nothing can be shown"
    remedy = "Repeat after Retry-After; an answer about a person leaves only when its access entry has been kept."
