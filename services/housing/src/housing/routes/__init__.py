"""The HTTP side: routes translate and delegate; access, transactions and idempotency are the edge's."""

from onewindow_contracts.models import housing as api
from onewindow_contracts.models.records import shared_adverse_act as shared
from onewindow_kit.adverse.routes import adverse_router
from onewindow_kit.evidence.routes import evidence_router
from onewindow_kit.registry import registry_router

from housing.events import TOPICS
from housing.routes import (
    applications,
    cases,
    certificates,
    freezes,
    fund,
    fund_employers,
    looks,
    mortgages,
    offers,
    rights,
    titles,
)

ROUTERS = (
    titles.router,
    looks.router,
    mortgages.router,
    freezes.router,
    certificates.router,
    cases.router,
    applications.router,
    offers.router,
    rights.router,
    fund.router,
    fund_employers.router,
    adverse_router(shared, restrictive=False),
    evidence_router(shared.EvidenceQuestion, shared.EvidenceAnswer),
    registry_router(TOPICS, api.SnapshotPage, api.Republication),
)
