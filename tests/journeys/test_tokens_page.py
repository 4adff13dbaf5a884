"""docs/tokens.md is true: its page of Python, alone with the office's key, gets a token and looks."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from joserfc.jwk import ECKey
from onewindow_kit.problems import catalogue
from onewindow_local.demo.city import City
from onewindow_local.instance import CHECKOUT

PAGE = (CHECKOUT / "docs" / "tokens.md").read_text()


async def test_the_page_of_python_gets_a_token_and_looks(city: City) -> None:
    person = await city.adult("例样页")
    page: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], page)  # the page's own text is what is tested
    ring = json.loads((city.instance.keys / "demo.title-registry.json").read_text())
    key, client_key = ECKey.generate_key("P-256"), ECKey.import_key(ring["client"])
    look = ("title-registry.transfer", "BDC2026-000117")
    issuer, url = city.instance.url("identity"), f"{city.instance.url('gateway')}/v1/views"
    wanted = (issuer, "demo.title-registry", client_key, key, "li-07", *look)
    token = await asyncio.to_thread(page["office_token"], *wanted)
    subject = {"scheme": person.scheme, "number": person.number, "name": person.name}
    asked = {"purpose": look[0], "subject": subject, "fields": ["identity.person.name"]}
    seen = await asyncio.to_thread(page["send"], key, token, "POST", url, json=asked)
    assert seen.status_code == 200, seen.text
    stranger = ECKey.generate_key("P-256")
    refused = await asyncio.to_thread(page["send"], stranger, token, "POST", url, json=asked)
    assert (refused.status_code, refused.json()["code"]) == (401, "proof-invalid")


def test_codes_on_the_page_are_codes_that_are_given() -> None:
    named = set(re.findall(r"^\| (?:401|503) `([a-z-]+)` ", PAGE, re.MULTILINE))
    assert len(named) >= 4
    assert named <= set(catalogue())
