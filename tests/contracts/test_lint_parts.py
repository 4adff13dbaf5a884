"""A department's contract may stand in parts: each is held to the rules of all, and to what the others say."""

from __future__ import annotations

from pathlib import Path

import pytest
from onewindow_contracts.lint import lint

PART = """
openapi: 3.1.0
info: {title: Parks, version: '1'}
paths:
  /v1/benches:
    post:
      operationId: placeBench
      summary: Place a bench
      x-access: [representative]
      x-safe: true
      x-problems: [unauthenticated, forbidden]
      responses:
        '204': {description: Done.}
        default: {$ref: '../common.v1.yaml#/components/responses/Problem'}
components: {}
"""


@pytest.mark.parametrize(
    "old, new, rule",
    [
        ("", "", ""),
        ("placeBench", "grantAllotment", "operation-id"),
        ("/v1/benches", "/v1/allotments/benches", "path-ambiguous"),
        ("/v1/benches:\n    post", "/v1/allotments:\n    get", "bundle"),
        ("components: {}", "components: {schemas: {GrantAllotment: {type: boolean}}}", "bundle"),
        ("components: {}", "x-problem-catalogue: {allotment-taken: {status: 409}}", "bundle"),
        ("[representative]", "[representatives]", "access-unknown"),
    ],
)
def test_a_part_is_held_to_the_same_rules_and_to_the_whole(parks: Path, old: str, new: str, rule: str) -> None:
    file = parks / "openapi/parks/benches.v1.yaml"
    file.parent.mkdir()
    file.write_text(PART.replace(old, new, 1), "utf-8")
    found = lint([parks])
    assert (rule in {f.rule for f in found}) if rule else found == []


def test_a_part_of_nothing_is_found(parks: Path) -> None:
    file = parks / "openapi/lakes/benches.v1.yaml"
    file.parent.mkdir()
    file.write_text(PART, "utf-8")
    assert ("bundle", file) in {(f.rule, f.file) for f in lint([parks])}
