"""Requests that schemathesis makes from a contract, right ones and wrong ones, and what every answer must be.

Statuses by convention: 422 says only "not what the schema says", 409 a rule of the domain, 412 a version, 400 a cursor
or bytes that are no JSON; so a request that fits the contract is never answered with 422.
"""

from __future__ import annotations

import os
import re
import secrets
from fractions import Fraction
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from onewindow_contracts.common import share_text
from onewindow_contracts.formats import vin_check_digit
from onewindow_contracts.loader import HOME, load
from onewindow_contracts.validation import validator
from onewindow_kit.testing.sequences import LONG, sequences
from schemathesis import Case, Config
from schemathesis.specs.openapi.checks import positive_data_acceptance
from stdnum.cn import uscc

from .aim import aim
from .live import UNIVERSAL, Service, Town

CONTRACTS = load([HOME])  # once: each load looks at every file, and thousands of answers are held to them
EXAMPLES = int(os.environ.get("ONEWINDOW_TEST_EXAMPLES") or sequences(8))
CONFIG = {
    "generation": {"max-examples": EXAMPLES, "no-shrink": True, "allow-x00": True, "allow-extra-parameters": False},
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", 400, 401, 403, 404, 409, 412]},
        "negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 406, 412, 413, 415, 422, 428]},
        "missing_required_header": {"expected-statuses": [400, 401, 412, 415, 422, 428]},
    },
}
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]


def _settings(examples: int) -> settings:
    return settings(
        max_examples=max(1, examples),
        deadline=None,
        derandomize=not os.environ.get(LONG),
        database=None,
        suppress_health_check=SLOW,
    )


ANY, FITTING = _settings(EXAMPLES // 2), _settings(EXAMPLES)
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def _with_check_digit(text: str) -> str:
    return text[:8] + vin_check_digit(text) + text[9:]


PAIRS = st.tuples(st.integers(1, 999), st.integers(1, 999))
schemathesis.openapi.format("share", PAIRS.map(lambda p: share_text(Fraction(min(p), max(p)))))
schemathesis.openapi.format("vin", st.text(LETTERS, min_size=17, max_size=17).map(_with_check_digit))
schemathesis.openapi.format(
    "uscc",
    st.integers(10**7, 10**8 - 1).flatmap(
        lambda head: st.text("0123456789ABCDEFGH", min_size=9, max_size=9).map(
            lambda tail: f"{head}{tail}" + uscc.calc_check_digit(f"{head}{tail}0")
        )
    ),
)


def schema_of(department: str, *, fitting: bool = False) -> Any:
    """The department's contract, ready to be a pytest parameter; ``fitting`` makes only requests that fit it."""
    told = CONFIG
    if fitting:
        phases = {"coverage": {"enabled": False}, "examples": {"enabled": False}}
        told = CONFIG | {"generation": CONFIG["generation"] | {"mode": "positive"}, "phases": phases}
    return schemathesis.openapi.from_dict(CONTRACTS.openapi(department), config=Config.from_dict(told))


def exchange(town: Town, department: str, case: Case) -> None:
    """Send one generated request with a credential that the operation takes, and hold the answer to the contract."""
    service = town.service(department)
    name = case.operation.definition.raw["operationId"]
    aim(service, case)
    extra: dict[str, str] = {}
    if re.fullmatch(r"[\x21-\x7e]{8,128}", (case.headers or {}).get("Idempotency-Key", "")):
        extra["Idempotency-Key"] = secrets.token_hex(12)  # a repeated key would only test repetition
    if not _about_credentials(case) and (token := _token(service, name)) is not None:
        extra["Authorization"] = f"Bearer {token}"
    response = case.call(base_url=service.base, session=service.session, headers=extra, allow_redirects=False)
    service.note(name, response)
    excluded = [positive_data_acceptance] if _beyond_the_generator(service, case) else []
    case.validate_response(response, headers=extra, additional_checks=[problem_is_declared], excluded_checks=excluded)


def _beyond_the_generator(service: Service, case: Case) -> bool:
    """Whether the body breaks a rule that the generator doesn't know, so that a refusal is right.

    It makes texts for a pattern without the ``format`` beside it, gives up on long patterns, and writes integers as
    3.0, which we don't take.
    """
    name = case.operation.definition.raw["operationId"]
    sent = {**(case.headers or {}), **(case.query or {})}
    for parameter in service.parameters(name):
        value, pattern = sent.get(parameter["name"]), parameter["schema"].get("pattern")
        if isinstance(value, str) and pattern and not re.search(pattern, value):
            return True
    if not isinstance(case.body, dict | list):
        return False
    body = service.body_schema(name)
    return _has_float(case.body) or (body is not None and not validator(body).is_valid(case.body))


def _has_float(node: Any) -> bool:
    if isinstance(node, dict | list):
        return any(_has_float(each) for each in (node.values() if isinstance(node, dict) else node))
    return isinstance(node, float)


def _about_credentials(case: Case) -> bool:
    """Whether the request is made to see what happens without a credential."""
    phase = getattr(case.meta, "phase", None)
    return getattr(getattr(phase, "data", None), "parameter", None) == "Authorization"


def _token(service: Service, operation: str) -> str | None:
    rules = service.operations[operation]["x-access"]
    if rules == ["public"]:
        return None
    if "citizen" in rules:
        return service.town.somebody().token(service.name)
    if "representative" in rules:
        return service.town.firm().token(service.name)
    return service.token(operation)


@schemathesis.check
def problem_is_declared(ctx: Any, response: Any, case: Case) -> None:
    """A refusal is a problem whose code the operation lists, with the status that the catalogue gives it."""
    if response.status_code < 400:
        return
    definition = case.operation.definition.raw
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        return  # the token endpoint's refusals have a format of their own (RFC 6749), which its responses declare
    if "application/problem+json" not in response.headers.get("content-type", [""])[0]:
        assert str(response.status_code) in definition["responses"], "a refusal that is no problem"
        return
    problem = response.json()
    catalogue = CONTRACTS.openapi(_department(case))["x-problem-catalogue"]
    assert problem["code"] in {*definition["x-problems"], *UNIVERSAL}, f"{problem['code']} is not listed"
    assert catalogue[problem["code"]]["status"] == problem["status"] == response.status_code
    text = response.content.decode()
    for value in _texts(case.body):
        assert value not in text, "a problem repeats what was sent"


def _department(case: Case) -> str:
    return case.operation.schema.raw_schema["info"]["title"].removeprefix("Onewindow ")


def _texts(node: Any) -> list[str]:
    """The longer texts of a body: what a problem must not repeat."""
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) and len(node) >= 12 and not node.startswith(("urn:", "http")) else []
