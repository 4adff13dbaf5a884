"""The pages for people. Public, outside the contract: no program should read them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.parts import parts
from gateway.reference.interface import laid_out, record_laid_out
from gateway.reference.pages import Pages, style


async def welcome(request: Request) -> Response:
    settings = parts(request).settings
    return Pages.render("welcome.html", instance=settings.instance, issuer=settings.issuer)


async def reference(request: Request) -> Response:
    edition = parts(request).catalogue.now
    return Pages.render(
        "index.html",
        home=str(request.base_url).rstrip("/"),
        interfaces=[each for each in edition.index if each["kind"] == "interface"],
        records=[each for each in edition.index if each["kind"] == "record"],
        commands=sorted(edition.commands.values(), key=lambda each: (each.department, each.operation)),
        purposes=sorted(edition.contracts.purposes.values(), key=lambda each: each.id),
    )


async def interface(request: Request) -> Response:
    edition, name = parts(request).catalogue.now, request.path_params["name"]
    if name in edition.interfaces:
        page = laid_out(name, edition.interfaces[name])
    elif name in edition.records:
        title = edition.records[name].title or {"zh": "", "en": name}
        page = record_laid_out(name, f"{title['en']} {title['zh']}", edition.contracts.body_schema(name))
    else:
        return Pages.render("missing.html", 404)
    return Pages.render("interface.html", page=page)


async def stylesheet(_request: Request) -> Response:
    return style()


ROUTES = [
    Route("/", welcome, name="welcome"),
    Route("/docs", reference, name="reference"),
    Route("/docs/style.css", stylesheet, name="stylesheet"),
    Route("/docs/{name}", interface, name="interface"),
]
