"""The public side of the access record: checkpoints, tiles, the key, and how much a law keeps undisclosed."""

from collections import Counter
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Response
from onewindow_contracts.models import gateway_log as api
from onewindow_kit.edge import ContractRoute
from onewindow_kit.problems import NotFound

from gateway.record import tiles
from gateway.routes.parameters import Here

router = APIRouter(route_class=ContractRoute)
BRIEFLY = {"Cache-Control": "public, max-age=60"}
FRESH = {"Cache-Control": "no-cache"}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class Text(Response):
    media_type = "text/plain"


class Octets(Response):
    media_type = "application/octet-stream"


@router.get("/v1/log/checkpoint", operation_id="readCheckpoint", response_class=Text)
async def read_checkpoint(here: Here) -> Response:
    """The newest that is cosigned."""
    return Text(await here.record.checkpoint(), headers=FRESH)


@router.get("/v1/log/key", operation_id="readLogKey", response_class=Text)
async def read_log_key(here: Here) -> Response:
    """One line."""
    return Text(await here.record.verifier_key(), headers=BRIEFLY)


@router.get("/v1/log/tile/{tile:path}", operation_id="readTile", response_class=Octets)
async def read_tile(here: Here, tile: Annotated[str, Path(max_length=60, pattern=tiles.PATTERN)]) -> Response:
    """A full tile never changes; one that is not full may be cached for a while, under its width it never changes either."""
    named = tiles.read(tile)
    hashes = None if named is None else await here.record.tile(named)
    if named is None or hashes is None:
        raise NotFound
    return Octets(hashes, headers=FOREVER if named.full else BRIEFLY)


@router.get("/v1/log/delayed", operation_id="countDelayed", response_model=api.DelayedTotals)
async def count_delayed(here: Here) -> Response:
    """By law, over everybody."""
    purposes = here.catalogue.now.contracts.purposes
    made, undisclosed = Counter[str](), Counter[str]()
    for name, (entries, still) in (await here.record.delayed()).items():
        purpose = purposes.get(name)
        law = purpose.discloses_basis or purpose.legal_basis if purpose is not None else name
        made[law] += entries
        undisclosed[law] += still
    totals: list[dict[str, Any]] = [
        {"law": law, "entries": made[law], "undisclosed": undisclosed[law]} for law in sorted(made)
    ]
    return Response(orjson.dumps({"items": totals}), media_type="application/json", headers=BRIEFLY)
