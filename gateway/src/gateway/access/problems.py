"""Refusals of a look that are the gateway's own; those of a decision are the kit's (``onewindow_kit.refusals``)."""

from __future__ import annotations

from onewindow_kit.problems import NotFound


class PersonNotFound(NotFound):
    code, title = "person-not-found", "No person fits, or this caller may not learn it"
    remedy = "Check number and name with the person; unknown, wrong and not permitted look the same on purpose."
