"""What can go wrong before a department is asked."""

from __future__ import annotations

from onewindow_kit.problems import Problem


class UnknownCommand(Problem):
    status, code, title = (
        404,
        "unknown-command",
        "The department has no operation of this name that a citizen may start",
    )
    remedy = "The operations that can be relayed are listed at /docs."
