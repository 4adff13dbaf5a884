"""Which operations a citizen may start: what the departments' contracts mark ``x-citizen-command``, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from onewindow_kit.problems import InvalidRequest

METHODS = ("post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class CitizenCommand:
    """One operation of a department, as its contract declares it. ``path`` is the template (``/v1/titles/{urn}``)."""

    department: str
    operation: str
    method: str
    path: str
    query: frozenset[str]
    takes_body: bool
    summary: str
    own: Mapping[str, str] = field(default_factory=dict)
    """What of the caller's own the command names, and where in the body (``x-own``)."""

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(re.findall(r"\{([^}]+)\}", self.path))

    def target(self, arguments: Mapping[str, str], query: Mapping[str, str]) -> str:
        """The path to ask for; InvalidRequest for arguments that are missing, unknown or no path segment.

        Every argument stays within its own segment: it is quoted whole, and the segments that mean "here" and "up" are
        refused, so that no argument can reach another operation.
        """
        errors = [{"path": f"/body/path/{name}", "reason": "missing"} for name in self.placeholders - arguments.keys()]
        errors += [{"path": "/body/path", "reason": "unknown_argument"} for _ in arguments.keys() - self.placeholders]
        errors += [{"path": "/body/query", "reason": "unknown_argument"} for _ in query.keys() - self.query]
        for name in self.placeholders & arguments.keys():
            if arguments[name] in (".", "..") or not arguments[name].isprintable():
                errors.append({"path": f"/body/path/{name}", "reason": "no_path_segment"})
        if errors:
            raise InvalidRequest(errors=sorted(errors, key=lambda each: each["path"]))
        return re.sub(r"\{([^}]+)\}", lambda found: quote(arguments[found.group(1)], safe=""), self.path)


def citizen_commands(department: str, contract: Mapping[str, Any]) -> Iterator[CitizenCommand]:
    """The commands that a department's bundled OpenAPI document marks."""
    for path, item in contract["paths"].items():
        for method in METHODS:
            operation = item.get(method, {})
            if operation.get("x-citizen-command") is not True:
                continue
            parameters = [
                _resolved(contract, each) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))
            ]
            yield CitizenCommand(
                department=department,
                operation=operation["operationId"],
                method=method.upper(),
                path=path,
                query=frozenset(each["name"] for each in parameters if each["in"] == "query"),
                takes_body="requestBody" in operation,
                summary=operation.get("summary", operation["operationId"]),
                own=operation.get("x-own", {}),
            )


def _resolved(contract: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in part:
        target: Any = contract
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        part = target
    return part
