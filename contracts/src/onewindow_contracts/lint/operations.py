"""Rules of operations: access, problems, idempotency, versions, what may stand in a URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow_contracts.bundle import METHODS, department_of
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.world import World

CHANGING = ("post", "put", "patch", "delete")
SECRET_WORDS = re.compile(r"(^|[_-])(number|name|address|phone|surname|birth|idcard)([_-]|$)", re.IGNORECASE)
KINDS = ("public", "citizen", "representative", "operator", "agency", "service")


@dataclass(frozen=True, slots=True)
class Operation:
    file: Path
    path: str
    method: str
    node: dict[str, Any]
    parameters: list[dict[str, Any]]
    own_codes: dict[str, Any]

    @property
    def where(self) -> str:
        return pointer("paths", self.path, self.method)

    def headers(self) -> set[str]:
        return {p["name"] for p in self.parameters if p.get("in") == "header"}

    def fault(self, rule: str, missing: str, why: str, mend: str) -> Finding:
        name = self.node.get("operationId") or f"{self.method.upper()} {self.path}"
        return Finding(self.file, self.where, rule, f"{name}: {missing}", why, mend)


def _codes(world: World) -> dict[str, dict[str, Any]]:
    """The codes that each department explains, in whatever part of its contract."""
    explained: dict[str, dict[str, Any]] = {}
    for file, document in world.interfaces.items():
        explained.setdefault(department_of(file), {}).update(document.get("x-problem-catalogue") or {})
    return explained


def operations(world: World) -> Iterator[Operation]:
    codes = _codes(world)
    for file, document in world.interfaces.items():
        for path, item in (document.get("paths") or {}).items():
            for method in METHODS:
                node = (item or {}).get(method)
                if isinstance(node, dict):
                    written = [*(item.get("parameters") or ()), *(node.get("parameters") or ())]
                    parameters = [p for raw in written if (p := _parameter(world, raw, file)) is not None]
                    yield Operation(file, path, method, node, parameters, codes[department_of(file)])


def _parameter(world: World, raw: Any, file: Path) -> dict[str, Any] | None:
    for _ in range(5):
        if not isinstance(raw, dict) or "$ref" not in raw:
            break
        target = world.target(raw["$ref"], file)
        if target is None:
            return None
        raw, file = target
    return raw if isinstance(raw, dict) and "name" in raw else None


def operations_are_complete(world: World) -> Findings:
    seen: dict[tuple[str, str], str] = {}
    shared = next((d for f, d in world.interfaces.items() if f.name == "common.v1.yaml"), {})
    for operation in operations(world):
        name, department = operation.node.get("operationId"), department_of(operation.file)
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][A-Za-z0-9]*", name):
            why = "services bind their routes, and the gateway its commands, by this name"
            yield operation.fault("operation-id", "no operationId in camelCase", why, "add operationId: doSomething")
        elif (department, name) in seen:
            first = seen[department, name]
            yield operation.fault(
                "operation-id", f"the name is taken by {first}", "a name means one thing", "rename one"
            )
        else:
            seen[department, name] = f"{operation.file.name} {operation.where}"
        if not operation.node.get("summary"):
            yield operation.fault("summary-missing", "no summary", "reference pages would show a bare path", "add one")
        yield from _access(world, operation)
        yield from _answers(operation)
        yield from _commands(operation)
        yield from _url(operation)
        yield from _problems(operation, (shared.get("x-problem-catalogue") or {}) | operation.own_codes)


def _access(world: World, operation: Operation) -> Findings:
    rule = operation.node.get("x-access")
    why = "an operation without a rule is refused at the start: nobody may reach data by accident"
    if not isinstance(rule, list) or not rule:
        yield operation.fault("access-missing", "no x-access", why, "add x-access: [citizen] or whoever may call it")
        return
    for entry in rule:
        kind, _, name = str(entry).partition(":")
        named = kind in ("agency", "service")
        known = world.authority_names if kind == "agency" else world.holders
        if kind not in KINDS or (name and (not named or name not in known)) or (":" in str(entry) and not name):
            yield operation.fault(
                "access-unknown",
                f"x-access names {entry!r}, which is nobody",
                "a rule for nobody locks out whom it was meant for",
                "take public, citizen, representative, operator, agency, agency:<authority>, service or service:<name>",
            )
    if operation.node.get("x-citizen-command") and not {"citizen", "representative"} & set(rule):
        why = "the gateway relays the command with the citizen's or representative's token, which this rule refuses"
        mend = "add citizen, representative or both"
        yield operation.fault("access-citizen", "x-citizen-command without citizen in x-access", why, mend)


def _answers(operation: Operation) -> Findings:
    responses = operation.node.get("responses") or {}
    if not any(str(status).startswith("2") or str(status).startswith("3") for status in responses):
        yield operation.fault("answer-missing", "no successful response", "nobody knows what it gives", "add '200': …")
    default = responses.get("default")
    if not (isinstance(default, dict) and str(default.get("$ref", "")).endswith("#/components/responses/Problem")):
        yield operation.fault(
            "problem-response",
            "no default response that is a Problem",
            "a client has no type for refusals",
            "add default: {$ref: 'common.v1.yaml#/components/responses/Problem'}",
        )


def _commands(operation: Operation) -> Findings:
    safe = operation.node.get("x-safe") is True
    if operation.method in CHANGING and not safe and "Idempotency-Key" not in operation.headers():
        yield operation.fault(
            "idempotency-missing",
            "a command without Idempotency-Key",
            "a client that lost the answer cannot repeat it without changing things twice",
            "add the shared parameter IdempotencyKey, or x-safe: true when it changes nothing",
        )
    if operation.method in ("put", "patch", "delete") and "If-Match" not in operation.headers():
        why = "two people who change the same version overwrite each other"
        yield operation.fault("version-missing", "a change without If-Match", why, "add the shared parameter IfMatch")
    if operation.node.get("x-citizen-command") and (safe or operation.method not in CHANGING):
        why = "only commands are relayed"
        yield operation.fault("command-safe", "x-citizen-command on what changes nothing", why, "remove it")


def _url(operation: Operation) -> Findings:
    in_path = {p["name"] for p in operation.parameters if p.get("in") == "path"}
    for name in sorted(set(re.findall(r"\{([^}]+)\}", operation.path)) ^ in_path):
        why = "path and parameters must name the same"
        yield operation.fault("path-parameter", f"{name} stands on one side only", why, "add or remove it")
    if operation.node.get("x-access") == ["public"]:
        return  # nobody is looked up where nobody need say who they are
    for parameter in operation.parameters:
        if parameter.get("in") in ("path", "query") and SECRET_WORDS.search(parameter["name"]):
            yield operation.fault(
                "personal-data-in-url",
                f"the parameter {parameter['name']} looks like a person's number, name or address",
                "URLs end up in logs, histories and caches",
                "make it a POST (x-safe: true) with the value in the body",
            )


def _implied(operation: Operation) -> dict[str, str]:
    """Codes that follow from what the operation has, with the reason."""
    implied: dict[str, str] = {}
    if operation.node.get("x-access") != ["public"]:
        implied |= {"unauthenticated": "it needs a token", "forbidden": "not every token will do"}
    if operation.node.get("requestBody"):
        implied |= {"malformed-request": "it has a body", "unsupported-media-type": "it has a body"}
        implied |= {"body-too-large": "it has a body", "invalid-request": "it has a body"}
    if operation.parameters:
        implied |= {"invalid-request": "it has parameters"}
    headers = operation.headers()
    if "Idempotency-Key" in headers:
        implied["idempotency-key-reused"] = "it has Idempotency-Key"
    if "If-Match" in headers:
        implied |= {"version-conflict": "it has If-Match", "precondition-required": "it has If-Match"}
    if any(p.get("name") == "cursor" for p in operation.parameters):
        implied["invalid-cursor"] = "it has a cursor"
    return implied


def _problems(operation: Operation, catalogue: dict[str, Any]) -> Findings:
    codes = operation.node.get("x-problems")
    why = "a client handles what it knows; an unlisted code reaches people as 'something went wrong'"
    if not isinstance(codes, list):
        yield operation.fault("problems-missing", "no x-problems", why, "list the stable codes, [] when there are none")
        return
    for code in codes:
        if code not in catalogue:
            mend = f"explain {code} in x-problem-catalogue (status, title, remedy; zh and en)"
            yield operation.fault("problem-unknown", f"the code {code} is explained nowhere", why, mend)
    for code, reason in _implied(operation).items():
        if code not in codes:
            yield operation.fault(
                "problem-unlisted", f"{code} is not listed, although {reason}", why, "add it to x-problems"
            )
    if len(set(codes)) != len(codes):
        yield operation.fault("problem-repeated", "a code is listed twice", "one of them is a slip", "remove it")


def catalogue_is_sound(world: World) -> Findings:
    used: dict[str, set[str]] = {}
    for operation in operations(world):
        used.setdefault(department_of(operation.file), set()).update(operation.node.get("x-problems") or ())
    shared_file = next((f for f in world.interfaces if f.name == "common.v1.yaml"), None)
    shared = (world.interfaces[shared_file].get("x-problem-catalogue") or {}) if shared_file else {}
    for file, document in world.interfaces.items():
        for code, entry in (document.get("x-problem-catalogue") or {}).items():
            where = pointer("x-problem-catalogue", code)
            why = "the page /v1/problems/<code> says what happened and how to mend it, in both languages"
            entry = entry if isinstance(entry, dict) else {}
            labels = [entry.get("title"), entry.get("remedy")]
            complete = all(isinstance(x, dict) and x.get("zh") and x.get("en") for x in labels)
            if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code) or not complete:
                mend = "write status, title: {zh, en}, remedy: {zh, en} under a kebab-case code"
                yield Finding(file, where, "problem-shape", f"{code} is not fully explained", why, mend)
            if not isinstance(entry.get("status"), int) or not 400 <= entry["status"] <= 599:
                yield Finding(file, where, "problem-status", f"{code} has no status 400 to 599", why, "add status")
            if file != shared_file and code in shared:
                mend = "remove it here, or choose a code of your own"
                yield Finding(file, where, "problem-hidden", f"{code} is a shared code", "a code means one thing", mend)
            met = code in used.get(department_of(file), set()) or entry.get("import") is True
            if file != shared_file and code not in shared and not met:
                mend = "list it in the x-problems of the operation that raises it, say import: true, or remove it"
                yield Finding(file, where, "problem-unused", f"no operation lists {code}", "nobody can meet it", mend)
