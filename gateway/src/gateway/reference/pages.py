"""Pages for people, made from the contracts; they load nothing from another host and run no script."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "public, max-age=60",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def prose(text: str) -> Markup:
    """A contract's own words, escaped; what stands between backticks is code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


class Pages:
    """Templates of this package, escaped always."""

    _environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    _environment.filters["prose"] = prose

    @classmethod
    def render(cls, template: str, status: int = 200, **content: object) -> Response:
        return HTMLResponse(cls._environment.get_template(template).render(**content), status, HEADERS)


def style() -> Response:
    return Response((TEMPLATES / "style.css").read_text(encoding="utf-8"), media_type="text/css", headers=HEADERS)


def wants_html(request: Request) -> bool:
    """Whether a browser asks: HTML is named in Accept, and JSON is not."""
    accept = request.headers.get("accept", "")
    return "text/html" in accept and "application/json" not in accept
