"""A running instance, called as its contract says: every answer is held to it, and every success is counted."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
import schemathesis
from onewindow_contracts.bundle import operations
from onewindow_contracts.loader import HOME, load
from onewindow_kit.dpop.bound import Bound
from onewindow_kit.testing import eventually
from onewindow_local import purposes
from onewindow_local.engines import ports
from onewindow_local.instance import CHECKOUT, Instance
from onewindow_local.tokens import Issuer
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CONFORMANCE = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# What any request can meet, whatever the operation: no path, no method, a failure of ours, the border's limit.
UNIVERSAL = {"not-found", "method-not-allowed", "malformed-request", "internal", "unavailable", "rate-limited"}
# One client makes all requests here, on purpose.
UNLIMITED = ("RATE_LIMIT", "RATE_BURST", "FAILURE_LIMIT", "FAILURE_BURST")
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
RENEWED = 200.0
"""Seconds after which a token is asked for anew; one exchanged for another lives as long again, and ten minutes at most."""
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


class Town:
    """One instance and the credentials of everybody in it, got from its own issuer."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.issuer = instance, Issuer(instance)
        self.tokens: dict[tuple[str, ...], tuple[float, str]] = {}
        self.bound: dict[str, Bound] = {}
        self.services: dict[str, Service] = {}
        self.named: list[dict[str, str]] = []
        self.introductions: dict[str, str] = {}
        self._somebody: Any = None
        self._firm: Any = None

    def service(self, name: str) -> Service:
        if name not in self.services:
            self.services[name] = Service(name, self)
        return self.services[name]

    def somebody(self) -> Any:
        """The citizen of generated requests."""
        if self._somebody is None:
            from .people import adult  # people are made with this class

            self._somebody = adult(self, "例某")
        return self._somebody

    def firm(self) -> Any:
        """The organisation of generated requests, represented by ``somebody``."""
        if self._firm is None:
            from .people import firm  # the same

            self._firm = firm(self, "示例有限公司", self.somebody())
        return self._firm

    def introduction(self, receiver: str) -> str:
        """An introduction of ``somebody`` that ``receiver`` can open."""
        if receiver not in self.introductions:
            asked, token = {"receiver": receiver}, self.somebody().token("identity")
            made = self.service("identity").call("introduceMyself", asked, token=token)
            self.introductions[receiver] = made["introduction"]
        return self.introductions[receiver]

    def token(
        self, kind: str, name: str = "", officer: str | None = None, at: str = "", unit: str | None = None
    ) -> str:
        """A token of ``agency`` (for what it calls the service ``at`` for), ``service`` (its name) or ``operator``.

        What is bound to a key is proven by whoever sends it (``Proving``).
        """
        client = f"demo.{name}" if kind == "agency" else name or "operator"

        def ask() -> str:
            if kind != "agency":
                return self.issuer.client_credentials(client)["access_token"]
            granted = self.issuer.office(client, purpose=purposes.of(name, at), officer=officer, unit=unit)
            self.bound[granted.token] = granted
            return granted.token

        return self._kept((kind, name, officer or "", at, unit or ""), ask)

    def citizen(self, number: str, name: str, department: str = "gateway") -> str:
        """A citizen's token: logged in for the gateway, exchanged by the gateway for a department."""

        def ask() -> str:
            if department == "gateway":
                return self.issuer.citizen(self._sample(number, name))["access_token"]
            return self._exchanged(self.citizen(number, name), department)

        return self._kept(("citizen", number, department), ask)

    def representative(self, citizen: Callable[[], str], code: str, department: str = "gateway") -> str:
        """A token in the name of the organisation with that credit code; ``citizen`` gives the acting person's own."""

        def ask() -> str:
            if department == "gateway":
                return self.issuer.representative(citizen(), code)["access_token"]
            return self._exchanged(self.representative(citizen, code), department)

        return self._kept(("representative", code, department), ask)

    def _kept(self, key: tuple[str, ...], ask: Callable[[], str]) -> str:
        """A token got before, as long as it is good for a while yet: a slow run outlasts many."""
        got, token = self.tokens.get(key, (0.0, ""))
        if not token or time.monotonic() - got > RENEWED:
            token = ask()
            self.tokens[key] = time.monotonic(), token
        return token

    def _exchanged(self, token: str, department: str) -> str:
        subject = {"subject_token": token, "subject_token_type": ACCESS_TOKEN}
        asked = {"grant_type": EXCHANGE, "audience": department, **subject}
        return self.issuer.client_credentials("gateway", **asked)["access_token"]

    def _sample(self, number: str, name: str) -> str:
        """Let the login page offer the person; the reference under which it does."""
        file, ref = self.instance.people_file, f"contract-{secrets.token_hex(4)}"
        known = json.loads(file.read_text("utf-8")) if file.exists() else []
        entry = {"ref": ref, "number": number, "name": name, "sentence_en": "Of a test.", "sentence_zh": "测试中的人。"}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([*known, entry]), "utf-8")
        return ref


class Proving(requests.auth.AuthBase):
    """Sends tokens that are bound to a key as such, with a proof for the very request."""

    def __init__(self, bound: dict[str, Bound]) -> None:
        self._bound = bound

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        token = str(request.headers.get("Authorization", "")).removeprefix("Bearer ")
        if token in self._bound:
            request.headers.update(self._bound[token].headers(str(request.method), str(request.url)))
        return request


class Answer:
    """A successful answer: its JSON (None without one), its ETag, what it wrote."""

    def __init__(self, response: Any) -> None:
        self.status, self.headers = response.status_code, response.headers
        self.body: Any = response.json() if response.content and "json" in response.headers["content-type"][0] else None
        self.written = response.headers.get("onewindow-version", [""])[0]
        self.etag = response.headers.get("etag", [None])[0]

    def __getitem__(self, key: str) -> Any:
        return self.body[key]


class Service:
    """One service over HTTP. ``answers`` counts statuses by operation, for whoever calls."""

    def __init__(self, name: str, town: Town) -> None:
        self.name, self.town, self.base = name, town, town.instance.url(name)
        self.contract = load([HOME]).openapi(name)
        self.operations = {o["operationId"]: o for o in operations(self.contract).values()}
        self.schema = schemathesis.openapi.from_dict(self.contract)
        self.answers: dict[str, Counter[int]] = defaultdict(Counter)
        self.versions: dict[str, str] = {}
        self.pseudonyms: set[str] = set()
        self.session = requests.Session()
        self.session.auth = Proving(town.bound)

    def token(self, operation: str) -> str | None:
        """A token that the operation's access rule admits; None for a public one. Citizens come with their own."""
        for rule in self.operations[operation]["x-access"]:
            kind, _, name = rule.partition(":")
            match kind:
                case "public":
                    return None
                case "agency":
                    return self.town.token("agency", name or "title-registry", at=self.name)
                case "service":
                    return self.town.token("service", name or "transport")
                case "operator":
                    return self.town.token("operator")
        return None

    def call(
        self,
        operation: str,
        body: Any = None,
        /,
        *,
        at: str | int | None = None,
        token: str | None = None,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        form: bool = False,
        **path: str,
    ) -> Answer:
        """Call an operation as it should be called; AssertionError unless it succeeds as its contract says.

        ``at`` is the ETag or version that a change starts from, ``path`` its path parameters.
        """
        found = self.schema.find_operation_by_id(operation)
        sent = dict(headers or {})
        if "Idempotency-Key" in {p["name"] for p in self.parameters(operation)}:
            sent["Idempotency-Key"] = secrets.token_hex(12)
        if at is not None:
            sent["If-Match"] = at if isinstance(at, str) else f'"{at}"'
        if (known := token or self.token(operation)) is not None:
            sent["Authorization"] = f"Bearer {known}"
        given: dict[str, Any] = {"path_parameters": path, "query": query or {}, "headers": sent}
        if body is not None:
            given |= {"body": body, "media_type": "application/x-www-form-urlencoded" if form else "application/json"}
        case = found.Case(**given)
        response = case.call(base_url=self.base, session=self.session, allow_redirects=False)
        self.note(operation, response)
        assert response.status_code < 400, f"{operation}: {response.status_code} {response.text[:800]}"
        case.validate_response(response, checks=CONFORMANCE)
        return Answer(response)

    def note(self, operation: str, response: Any) -> None:
        """Count an answer; remember the versions that it wrote and the people whom it names."""
        self.answers[operation][response.status_code] += 1
        for written in response.headers.get("onewindow-version", []):
            for urn, version in re.findall(r"(urn:[^@,\s]+)@(\d+)", written):
                self.versions[urn] = version
        if response.status_code < 300 and "json" in response.headers.get("content-type", [""])[0]:
            self.pseudonyms.update(re.findall(rf'"({self.name}[.][0-9]+[.](?:org-)?[a-z2-7]{{22}})"', response.text))

    def body_schema(self, operation: str) -> dict[str, Any] | None:
        """The schema of an operation's JSON body in one document; None without one."""
        content = self.operations[operation].get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        return {"allOf": [content["application/json"]["schema"]], "components": self.contract["components"]}

    def unanswered(self) -> set[str]:
        """Operations that have not yet answered with success (2xx, or the redirect that they promise)."""
        return {name for name in self.operations if not any(s < 400 for s in self.answers[name])}

    def parameters(self, operation: str) -> list[dict[str, Any]]:
        """An operation's parameters, references followed, those of its path included."""
        path = next(p for p, item in self.contract["paths"].items() for o in item.values() if _is(o, operation))
        raw = [*self.contract["paths"][path].get("parameters", []), *self.operations[operation].get("parameters", [])]
        followed = [self._followed("parameters", each) for each in raw]
        return [each | {"schema": self._followed("schemas", each["schema"])} for each in followed]

    def _followed(self, kind: str, node: dict[str, Any]) -> dict[str, Any]:
        return self.contract["components"][kind][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _is(node: Any, operation: str) -> bool:
    return isinstance(node, dict) and node.get("operationId") == operation


def wait_for(check: Callable[[], Any], within: float = 10) -> Any:
    """What ``check`` gives once it is true: events between departments take their time."""
    return asyncio.run(eventually(check, within=within, every=0.05))


def onewindow(instance: Instance, *arguments: str) -> None:
    """A command of the launcher's package on ``instance``."""
    where = ("--data", str(instance.folder), "--port", str(instance.port))
    command = [sys.executable, "-m", "onewindow_local", *arguments, *where]
    told = os.environ | {f"ONEWINDOW_{name}": "100000" for name in UNLIMITED}
    done = subprocess.run(command, cwd=CHECKOUT, env=told, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def free_instance(folder: Path) -> Instance:
    """An instance in ``folder`` on a block of ports that were free a moment ago."""
    for base in range(31_000, 40_000, 40):
        if all(ports.is_free(port) for port in range(base, base + 31)):
            return Instance(folder, base)
    raise RuntimeError("no block of free ports on this machine")
