"""The issuer's two pages, rendered without anything from the network."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

from identity.issuer.people import SamplePerson

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def login(people: list[SamplePerson], client_id: str, notice: str = "", status: int = 200) -> HTMLResponse:
    """The page on which a sample person is chosen; each choice is posted to this same address."""
    page = _templates.get_template("login.html").render(people=people, client_id=client_id, notice=notice)
    return HTMLResponse(page, status, _HEADERS)


def refused(zh: str, en: str) -> HTMLResponse:
    """Why nobody is sent back to the client."""
    return HTMLResponse(_templates.get_template("refused.html").render(zh=zh, en=en), 400, _HEADERS)
