"""What a developer reads: every contract, code list and problem, as data and as pages that need nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from gateway.reference.interface import laid_out
from gateway.reference.pages import Pages, prose
from onewindow_contracts import loader

from .conftest import Rig

PAGES = ("/", "/docs", "/docs/gateway.v1", "/docs/housing.v1", "/docs/housing.title.v1", "/v1/problems", "/docs/moon")
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


async def test_every_contract_is_listed_and_whole_in_itself(rig: Rig) -> None:
    listed = (await rig.client.get("/v1/contracts")).json()["contracts"]
    names = {each["name"] for each in listed}
    assert {"gateway.v1", "identity.v1", "housing.v1", "transport.v1", "housing.title.v1"} <= names
    assert "identity.link.v1" not in names
    for each in listed:
        answer = await rig.client.get(each["href"])
        assert answer.status_code == 200, each
        assert all(ref.startswith("#/") for ref in re.findall(r'"\$ref":"([^"]+)"', answer.text)), each
        again = await rig.client.get(each["href"], headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    own = (await rig.client.get("/openapi.json")).json()
    assert own == (await rig.client.get("/v1/contracts/gateway.v1")).json()


async def test_a_contracts_backticks_are_code_and_its_markup_is_text(rig: Rig) -> None:
    page = (await rig.client.get("/docs/gateway.v1", headers=BROWSER)).text
    assert "<code>Cache-Control: private, no-cache</code>" in page
    assert "`" not in page
    assert prose("<b> & `a<b`") == "&lt;b&gt; &amp; <code>a&lt;b</code>"


async def test_every_code_list_is_listed_with_both_languages(rig: Rig) -> None:
    listed = (await rig.client.get("/v1/codelists")).json()["codelists"]
    assert {each["name"] for each in listed} == set(loader.load().codelists)
    for each in listed:
        codelist = (await rig.client.get(each["href"])).json()
        assert codelist["title"]["zh"] and codelist["title"]["en"]
        assert all(entry["code"] and entry["zh"] for entry in codelist["entries"])


async def test_every_code_of_every_contract_is_explained(rig: Rig) -> None:
    contracts = loader.load()
    declared = {
        code
        for name in contracts.departments
        for item in contracts.openapi(name)["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
        for code in operation.get("x-problems", ())
    }
    listed = {each["code"]: each for each in (await rig.client.get("/v1/problems")).json()["problems"]}
    assert declared - listed.keys() == set()
    for code in sorted(declared):
        data = (await rig.client.get(f"/v1/problems/{code}")).json()
        assert data["title"]["zh"] and data["remedy"]["en"] and data["operations"]
        page = await rig.client.get(f"/v1/problems/{code}", headers=BROWSER)
        assert page.headers["content-type"].startswith("text/html")
        assert data["remedy"]["zh"] in page.text


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(rig: Rig, path: str) -> None:
    page = await rig.client.get(path, headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert "script" not in page.headers["content-security-policy"]
    assert "<script" not in page.text
    loaded = re.findall(r'<(?:link|img|iframe|source)[^>]+(?:href|src)="([^"]+)"', page.text)
    assert loaded and all(each.startswith(("/docs/", "data:")) for each in loaded)
    assert not re.search(r"<[^>]+\son[a-z]+=", page.text)


async def test_no_page_links_to_nowhere(rig: Rig) -> None:
    """Walks every link from the front page, anchors included."""
    waiting, seen, anchors = ["/"], {}, set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = await rig.client.get(path, headers=BROWSER)
        assert answer.status_code == 200, path
        html = answer.headers["content-type"].startswith("text/html")
        seen[path] = set(re.findall(r'id="([^"]+)"', answer.text)) if html else set()
        for link in re.findall(r'<a[^>]+href="(/[^"]*|#[^"]*)"', answer.text) if html else ():
            target, _, anchor = link.partition("#")
            anchors.add((path, target or path, anchor))
            waiting.append(target or path)
    missing = {(origin, target, anchor) for origin, target, anchor in anchors if anchor and anchor not in seen[target]}
    assert missing == set()
    assert len(seen) > 20


def test_what_comes_from_a_contract_is_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    contract = {
        "info": {"title": hostile, "description": hostile},
        "paths": {"/x": {"get": {"operationId": "x", "summary": hostile, "x-access": [hostile], "responses": {}}}},
    }
    page = Pages.render("interface.html", page=laid_out("x.v1", contract))
    assert b"<script>" not in page.body
