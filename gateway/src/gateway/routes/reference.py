"""What anybody may read: code lists, contracts, and what each problem means."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Request, Response
from onewindow_contracts.models import gateway as api
from onewindow_kit.edge import ContractRoute
from onewindow_kit.problems import NotFound

from gateway.catalogue import Document
from gateway.reference.pages import Pages, wants_html
from gateway.routes.parameters import Here, IfNoneMatch, Name

router = APIRouter(route_class=ContractRoute)
PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {}}}}
PUBLIC = {"Cache-Control": "public, max-age=60"}


@router.get("/v1/codelists", operation_id="listCodelists", response_model=api.CodelistIndex)
async def list_codelists(here: Here) -> Response:
    """Names and titles."""
    found = here.catalogue.now.contracts.codelists.values()
    entries = [{"name": each.name, "title": dict(each.title), "href": f"/v1/codelists/{each.name}"} for each in found]
    return _json({"codelists": sorted(entries, key=lambda each: each["name"])})


@router.get("/v1/codelists/{name}", operation_id="readCodelist", response_model=api.Codelist)
async def read_codelist(here: Here, name: Name, known: IfNoneMatch = None) -> Response:
    """One list, whole."""
    return _document(here.catalogue.now.codelist(name), known)


@router.get("/v1/contracts", operation_id="listContracts", response_model=api.ContractIndex)
async def list_contracts(here: Here) -> Response:
    """Interfaces first, then record types."""
    return _json({"contracts": here.catalogue.now.index})


@router.get("/v1/contracts/{name}", operation_id="readContract", response_model=api.Document)
async def read_contract(here: Here, name: Name, known: IfNoneMatch = None) -> Response:
    """One OpenAPI document or record schema, whole in itself."""
    return _document(here.catalogue.now.contract(name), known)


@router.get("/v1/problems", operation_id="listProblems", response_model=api.ProblemIndex, responses=PAGE)
async def list_problems(here: Here, request: Request) -> Response:
    """All codes; HTML when a browser asks."""
    found = list(here.catalogue.now.problems.values())
    if wants_html(request):
        return Pages.render("problems.html", problems=found)
    return _json({"problems": found})


@router.get("/v1/problems/{code}", operation_id="readProblem", response_model=api.ProblemExplained, responses=PAGE)
async def read_problem(
    here: Here,
    request: Request,
    code: Annotated[str, Path(max_length=80, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")],
) -> Response:
    """What happened, how to mend it."""
    found = here.catalogue.now.problems.get(code)
    if found is None:
        raise NotFound
    return Pages.render("problem.html", problem=found) if wants_html(request) else _json(found)


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), media_type="application/json", headers=PUBLIC | {"Vary": "Accept"})


def _document(found: Document | None, known: str | None) -> Response:
    if found is None:
        raise NotFound
    headers = PUBLIC | {"ETag": found.etag}
    if known is not None and found.etag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type="application/json", headers=headers)
