"""The reference pages in a real browser: they render offline, run no script, and lead from a refusal to its remedy."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from gateway.app import create
from gateway.settings import GatewaySettings
from onewindow_contracts import loader
from onewindow_kit.keyring import provision
from onewindow_kit.testing import serve
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium (apt-get install chromium)")


@pytest.fixture(scope="module")
async def gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A gateway alone: no department, no issuer and no view are needed to read about them."""
    contracts, folder = loader.load(), tmp_path_factory.mktemp("keys")
    provision(folder, contracts.topics.values(), contracts.authorities.values(), {"gateway"})
    settings = GatewaySettings(keyring=folder / "gateway.json", view=folder / "view", rate_burst=10_000)
    async with serve(create(settings)) as url:
        yield url


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser, gateway: str) -> AsyncIterator[Page]:
    """A page that can reach the gateway and nothing else; whatever goes wrong in it fails the test."""
    context = await browser.new_context(base_url=gateway)
    complaints: list[str] = []

    async def only_the_gateway(route) -> None:  # type: ignore[no-untyped-def]  # playwright's Route
        if route.request.url.startswith(gateway):
            return await route.continue_()
        complaints.append(f"asked for {route.request.url}")
        await route.abort()

    await context.route("**/*", only_the_gateway)
    opened = await context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    await context.close()
    assert complaints == []


async def test_from_the_front_page_to_an_operation(page: Page) -> None:
    await page.goto("/")
    assert await page.locator("h1").inner_text() == "One window for each citizen"
    await page.get_by_role("link", name="GET /v1/me/view").click()
    operation = page.locator("#readView")
    assert await operation.get_by_role("heading").inner_text() == "GET /v1/me/view"
    assert "citizen" in await operation.locator(".access").inner_text()
    box = await operation.bounding_box()
    assert box is not None and -5 <= box["y"] <= 400, "the anchor is scrolled to"
    await operation.get_by_role("link", name="View", exact=True).click()
    assert await page.locator("#schema-View table").is_visible()


async def test_from_a_refusal_to_its_remedy(page: Page) -> None:
    await page.goto("/v1/problems")
    await page.get_by_role("link", name="rate-limited").click()
    assert "429" in await page.locator("main").inner_text()
    assert await page.locator("h2", has_text="How to mend it").is_visible()
    await page.get_by_role("link", name="gateway.readView").click()
    assert page.url.endswith("/docs/gateway.v1#readView")


async def test_the_style_is_applied_and_nothing_overflows_on_a_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 380, "height": 800})
    for path in ("/", "/docs", "/docs/gateway.v1", "/docs/housing.title.v1", "/v1/problems/invalid-request"):
        await page.goto(path)
        font = await page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "system-ui" in font, path
        wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels wider than a phone"


async def test_pictures_for_the_eye(page: Page, tmp_path: Path) -> None:
    """Renders in dark as in light; a blank page would be one colour."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.goto("/docs")
        picture = await page.screenshot(path=tmp_path / f"{scheme}.png", full_page=True)
        assert len(picture) > 10_000
