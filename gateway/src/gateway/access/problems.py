"""Refusals of a look. Those about the person all look the same; those about the purpose say nothing of any person."""

from __future__ import annotations

from onewindow_kit.problems import NotFound, Problem


class PurposeNotPermitted(Problem):
    status, code, title = 403, "purpose-not-permitted", "This caller may not look for this purpose"
    remedy = (
        "Use a purpose that is registered for your authority, valid today, and the one that the token was issued for."
    )


class FieldNotPermitted(Problem):
    status, code, title = 403, "field-not-permitted", "A field that was asked for lies beyond the purpose"
    remedy = "Ask only for fields that the purpose's entry lists."


class PersonNotFound(NotFound):
    code, title = "person-not-found", "No person fits, or this caller may not learn it"
    remedy = "Check number and name with the person; unknown, wrong and not permitted look the same on purpose."
