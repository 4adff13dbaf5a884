"""HTTP: handlers translate and delegate; the contract governs access, the kit's edge commits."""

from fastapi import APIRouter
from onewindow_contracts.models import transport as api
from onewindow_contracts.models.records import shared_adverse_act as shared
from onewindow_kit.adverse.routes import adverse_router
from onewindow_kit.evidence.routes import evidence_router
from onewindow_kit.registry import registry_router

from transport.events import TOPICS
from transport.routes import (
    applications,
    cases,
    licences,
    lottery,
    marks,
    permits,
    persons,
    reports,
    vehicles,
    violations,
)

ROUTERS: tuple[APIRouter, ...] = (
    licences.router,
    vehicles.router,
    marks.router,
    permits.router,
    lottery.router,
    persons.router,
    violations.router,
    reports.router,
    applications.router,
    cases.router,
    adverse_router(shared),
    evidence_router(shared.EvidenceQuestion, shared.EvidenceAnswer),
    registry_router(TOPICS, api.SnapshotPage, api.Republication),
)
