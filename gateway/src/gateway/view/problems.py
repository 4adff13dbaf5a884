"""What a reader of the view may be refused."""

from __future__ import annotations

from onewindow_kit.problems import Problem


class UnknownName(Problem):
    status, code = 400, "unknown-name"
    title = "The request names a section, type or field that no contract has"
    remedy = "Take the names from /v1/contracts or from a view without filters."
