"""HTTP: each route translates, delegates to a use case, and answers what the contract says."""

from collections.abc import Mapping

from fastapi import APIRouter
from onewindow_contracts.models import identity as api
from onewindow_kit.registry import registry_router

from identity.routes import cases, households, kinships, moves, names, numbers, persons


def routers(topics: Mapping[str, str]) -> list[APIRouter]:
    """All of identity's own operations; ``topics`` maps record types to topics."""
    own = [module.router for module in (persons, cases, numbers, households, moves, kinships, names)]
    return [*own, registry_router(topics, api.SnapshotPage, api.Republication)]
