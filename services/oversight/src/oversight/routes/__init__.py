"""HTTP: handlers translate and delegate; the contract governs access, the kit's edge commits."""

from fastapi import APIRouter
from onewindow_contracts.models import oversight as api
from onewindow_contracts.models.records import shared_adverse_act as shared
from onewindow_kit.evidence.routes import evidence_router
from onewindow_kit.registry import registry_router

from oversight.events import TOPICS
from oversight.routes import credentials, disputes, notices, questions

ROUTERS: tuple[APIRouter, ...] = (
    questions.router,
    disputes.router,
    notices.router,
    credentials.router,
    evidence_router(shared.EvidenceQuestion, shared.EvidenceAnswer),
    registry_router(TOPICS, api.SnapshotPage, api.Republication),
)
